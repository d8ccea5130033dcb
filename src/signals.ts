// Waits for the operator: Ctrl-C or a polite kill.

/** Settles at the first signal to stop. */
export const untilSignalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
