// After the tests, also when some failed: the PostgreSQL server of this run is stopped and its files are deleted.
export default async function globalTeardown(): Promise<void> {
  await globalThis.postgresServer?.stop();
}
