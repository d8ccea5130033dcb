// The commands of the README, run as a newcomer runs them.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { providers } from '../webhooks';

const run = promisify(execFile);
const readme = readFileSync('README.md', 'utf8');
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;
/** A machine with nothing but a path: no setting of ours, and not what the test runner sets. */
const bare = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

describe('the README', () => {
  it('names only commands that exist', () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z:-]+)/g)].map(([, name]) => name ?? '');
    const unknown = named.filter((name) => !(name in scripts) && !['ci', 'install'].includes(name));
    expect([named.length > 5, unknown]).toEqual([true, []]);
  });

  it('names only files that exist', async () => {
    const paths = [...readme.matchAll(/`((?:src|webhooks|prisma|test)\/[\w./-]+)`/g)].map(([, path]) => path ?? '');
    const { stdout } = await run('ls', ['-d', ...paths]);
    expect(stdout.trim().split('\n')).toHaveLength(paths.length);
  });
});

describe('.env.example', () => {
  it('has a line for the secrets and the settings of every provider', () => {
    const lines = readFileSync('.env.example', 'utf8').split('\n');
    const real = providers.filter((provider) => !provider.demoOnly);
    const names = real.flatMap(({ name, settings = [] }) => [`WEBHOOK_SECRETS_${name.toUpperCase()}`, ...settings]);
    expect([names.length > 8, names.filter((name) => lines.filter((line) => line === `${name}=`).length !== 1)]).toEqual([true, []]);
  });
});

describe('npm start', () => {
  it('refuses without settings, naming each one that is missing', async () => {
    const failed = await run(process.execPath, ['--import', 'tsx', 'src/main.ts'], { env: bare }).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).toMatchObject({ code: 1 });
    for (const name of ['DATABASE_URL', 'PUBLIC_URL', 'SECRET_KEY']) expect(failed.stderr).toContain(`${name} is missing`);
  });

  it('refuses demo secrets', async () => {
    const env = {
      ...bare,
      DATABASE_URL: 'file:/tmp/none.db',
      PUBLIC_URL: 'http://localhost:1',
      SECRET_KEY: 'demo-secret-key-for-a-demo-office',
      WEBHOOK_SECRETS_SEPAY: 'demo-secret-sepay',
    };
    const failed = await run(process.execPath, ['--import', 'tsx', 'src/main.ts'], { env }).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/SECRET_KEY is a demo secret[\s\S]*a webhook secret is a demo secret/),
    });
  });
});

describe('npm run demo', () => {
  let folder: string;
  let demo: ChildProcess;
  let printed = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'counter-fees-demo-'));
    const env = { ...bare, PORT: String(await freePort()), DATABASE_URL: `file:${join(folder, 'demo.db')}` };
    const [command = '', ...args] = (scripts['demo'] ?? '').split(' ');
    demo = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise<void>((resolve, reject) => {
      demo.stdout?.on('data', (text: Buffer) => {
        printed += text.toString();
        if (printed.includes('Ctrl-C stops')) resolve();
      });
      demo.stderr?.on('data', (text: Buffer) => (printed += text.toString()));
      demo.once('exit', () => reject(new Error(printed)));
    });
  }, 60_000);
  afterAll(() => {
    demo.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints addresses that answer, and a curl that issues a fee', async () => {
    const addresses = [...printed.matchAll(/http:\/\/localhost:\d+\/\S+/g)].map(([address]) => address);
    expect(addresses.length).toBeGreaterThanOrEqual(5);
    for (const address of addresses.filter((found) => !found.includes('/api/'))) expect((await fetch(address)).status).toBe(200);
    const curl = /curl [\s\S]*?'\{.*\}'/.exec(printed)?.[0] ?? '';
    const { stdout } = await run('bash', ['-c', curl]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'open', amounts: { due: 21_000 } });
  });

  it('stops cleanly at Ctrl-C', async () => {
    const ended = new Promise((resolve) => demo.once('exit', (code, signal) => resolve([code, signal])));
    demo.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  }, 15_000);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
