// The bell: rings after a commit, so that live feeds and the outbox look at once. It carries no news; those are rows.

export interface Bell {
  /** Many rings at once are heard as one. */
  ring(): void;
  /** Calls `listener` at every ring; returns how to stop listening. */
  listen(listener: () => void): () => void;
}

export function hangBell(): Bell {
  const listeners = new Set<() => void>();
  let ringing: NodeJS.Immediate | undefined;
  return {
    ring: () => {
      ringing ??= setImmediate(() => {
        ringing = undefined;
        listeners.forEach((listener) => listener());
      });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
