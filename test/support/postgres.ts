// New PostgreSQL databases for tests, on the server that the global set-up started.
import { randomBytes } from 'node:crypto';
import { withClient } from './postgresServer';

/** Makes a new database of its own name, empty or a copy of another, and returns its address; gone with the test run. */
export async function freshPostgresDatabase(template = 'template0'): Promise<string> {
  const server = process.env['TEST_POSTGRES_URL'];
  if (!server) throw new Error(process.env['TEST_POSTGRES_ERROR'] ?? 'no PostgreSQL: this runs only under jest');
  const name = `${process.env['TEST_POSTGRES_PREFIX'] ?? ''}${randomBytes(6).toString('hex')}`;
  await withClient(server, (client) => client.query(`create database "${name}" encoding 'UTF8' template "${template}" strategy file_copy`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
