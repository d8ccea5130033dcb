// Makes a fresh clone ready to run: installs packages, generates the database types and, with `--build`, compiles to dist/.
// It looks at what is there instead of keeping notes of its own, and does nothing when nothing is missing.
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');
const at = (...parts) => path.join(root, ...parts);
const read = (file) => (fs.existsSync(at(file)) ? fs.readFileSync(at(file), 'utf8') : '');

const steps = [
  {
    needed: (build) => !isInstalled(build && !isStale('dist/src/main.js')),
    says: 'Installing packages with npm ci; a minute or two the first time, longer where better-sqlite3 has to be compiled.',
    // Types, tests and the build need the development packages, also where NODE_ENV=production would leave them out.
    run: install,
  },
  {
    needed: (build) => !isGenerated() && !(build && !isStale('dist/src/main.js')),
    says: 'Generating the database types from prisma/schema.prisma; a few seconds.',
    run: () => mustSucceed('run', '--silent', 'generate'),
  },
  {
    needed: (build) => build && isStale('dist/src/main.js'),
    says: 'Compiling to dist/; some ten seconds.',
    run: () => mustSucceed('run', '--silent', 'build'),
  },
];

const build = process.argv.includes('--build');
if (steps.some((step) => step.needed(build))) oneAtATime(() => steps.filter((step) => step.needed(build)).forEach(take));

function take(step) {
  if (!step.needed(build)) return; // an earlier step may have done it
  console.log(step.says);
  step.run();
}

/** `npm ci` refuses a lock file when the registry in use lacks a package for some other system (npm/cli#9846); `npm install` does not. */
function install() {
  const quiet = ['--include=dev', '--no-audit', '--no-fund'];
  if (npm('ci', ...quiet) === 0) return;
  console.log('npm ci did not succeed; trying npm install with the same lock file.');
  mustSucceed('install', '--no-save', ...quiet);
}

/** npm keeps a copy of the lock file inside node_modules, written last: whatever the two disagree on is missing. */
function isInstalled(productionOnly) {
  const hidden = read('node_modules/.package-lock.json');
  if (hidden === '') return false;
  const there = JSON.parse(hidden).packages;
  return Object.entries(JSON.parse(read('package-lock.json')).packages).every(
    ([name, wanted]) =>
      name === '' || wanted.optional || wanted.devOptional || (productionOnly && wanted.dev) || there[name]?.version === wanted.version,
  );
}

/** The generated client carries the text of the schema that it was made from, with other spacing. */
function isGenerated() {
  const [, text = '""'] = /"inlineSchema": (".*"),\n/.exec(read('src/store/generated/internal/class.ts')) ?? [];
  const words = (schema) => schema.split(/\s+/).join(' ');
  return words(JSON.parse(text)) === words(read('prisma/schema.prisma'));
}

function isStale(file) {
  if (!fs.existsSync(at(file))) return true;
  const built = fs.statSync(at(file)).mtimeMs;
  return ['src', 'webhooks', 'prisma', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].some(
    (input) => newestIn(at(input)) > built,
  );
}

function newestIn(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return fs.readdirSync(file).reduce((newest, name) => Math.max(newest, newestIn(path.join(file, name))), stat.mtimeMs);
}

function npm(...args) {
  const windows = process.platform === 'win32'; // there npm is a script that only a shell can start
  return spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: windows }).status;
}

function mustSucceed(...args) {
  if (npm(...args) === 0) return;
  console.error(`npm ${args.join(' ')} did not succeed; its message is above.`);
  process.exit(1);
}

/** Two at once (a test run beside a demo) would delete each other's node_modules: the second waits for the first. */
function oneAtATime(work) {
  const lock = path.join(os.tmpdir(), `counter-fees-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  process.on('exit', () => fs.rmSync(lock, { force: true }));
  work();
}

function taken(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(Number(fs.readFileSync(lock, 'utf8')))) fs.rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
