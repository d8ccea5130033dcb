// After the tests, also when some failed: the PostgreSQL server of this run is stopped, and the files of the run are deleted.
export default async function globalTeardown(): Promise<void> {
  globalThis.removeOffices?.();
  await globalThis.postgresServer?.stop();
}
