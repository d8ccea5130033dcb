// How long and from which seed the tests of crashes run: short by default, longer by flag, repeatable by seed.

const given = (name: string): number | undefined => {
  const value = Number(process.env[name]);
  return process.env[name] !== undefined && Number.isFinite(value) ? value : undefined;
};

/** `CRASH_KILLS=1000`: how many processes `kills.test.ts` kills, half of them on each database; two more are killed elsewhere. */
export const kills = given('CRASH_KILLS') ?? 4;

/** `CRASH_LONG=1`: locks and readers are held as long as the reliability plan says, not as long as patience allows. */
export const isLong = given('CRASH_LONG') !== undefined;

/** `CRASH_SEED=…` repeats a run. */
export const seed = given('CRASH_SEED') ?? Date.now() % 1_000_000_000;

/** Whatever fails inside says by which seed it can be repeated. */
export async function withSeed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) error.message = `CRASH_SEED=${seed}: ${error.message}`;
    throw error;
  }
}
