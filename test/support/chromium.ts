// Finds a Chromium to test with: the one that CHROME_PATH names, else the one inside an npm package, else an installed one.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** How to start it: what `browser.ts` gives to Playwright. */
export interface Chromium {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const run = promisify(execFile);
const root = path.join(__dirname, '..', '..');
const cache = path.join(root, 'node_modules', '.cache');

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** No page and no background task reaches anything but this machine. */
const offline = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** The package is made for cloud functions with one page each: one process for all, and web security off. Here both would hide faults. */
const unwanted = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  "--headless='shell'",
]);

export async function prepareChromium(): Promise<Chromium> {
  const named = process.env['CHROME_PATH'];
  if (named) return { executablePath: named, args: ['--no-sandbox', ...offline], env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return packaged();
  const executablePath = installed.find((file) => existsSync(file));
  if (!executablePath) throw new Error('No browser for the tests: install Chromium, or name one in CHROME_PATH');
  return { executablePath, args: ['--no-sandbox', ...offline], env: {} };
}

async function packaged(): Promise<Chromium> {
  const { default: chromium } = await import('@sparticuz/chromium');
  const files = await unpacked();
  const executablePath = path.join(files, 'chromium');
  const env = { FONTCONFIG_FILE: path.join(files, 'fonts.conf') };
  const starts = await run(executablePath, ['--version'], { env }).catch(() => undefined);
  // A bare machine lacks two libraries of Chromium's; the package brings them, built on an older system.
  const libraries = starts ? {} : { LD_LIBRARY_PATH: path.join(files, 'al2023', 'lib') };
  return { executablePath, args: [...chromium.args.filter((arg) => !unwanted.has(arg)), ...offline], env: { ...env, ...libraries } };
}

/** Unpacks it once per installation, under another name until it is whole: two runs may start at the same moment. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string;
  };
  const files = path.join(cache, `chromium-${version}`);
  if (existsSync(files)) return files;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(path.join(cache, 'chromium-partial-'));
  try {
    // A process of its own, because the package unpacks to wherever TMPDIR says, and leaves its libraries out unless it sees its cloud.
    const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    await run(process.execPath, ['-e', "require('@sparticuz/chromium').executablePath()"], { cwd: root, env });
    writeFileSync(path.join(partial, 'fonts.conf'), fontsIn(path.join(files, 'fonts')));
    renameSync(partial, files);
  } catch (error) {
    if (!existsSync(files)) throw error;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return files;
}

/** Only the fonts of the package (Open Sans, which has every Vietnamese letter): pictures look alike on every machine. */
const fontsIn = (folder: string): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${folder}</dir><cachedir>${folder}-cache</cachedir></fontconfig>\n`;
