// The bell: rings after a commit, so that live feeds and the outbox look at once. It carries no news; those are rows.

export interface Bell {
  ring(): void;
  /** Calls `listener` at every ring; returns how to stop listening. */
  listen(listener: () => void): () => void;
}

export function hangBell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring: () => listeners.forEach((listener) => listener()),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
