// Compiles to dist/, and copies what is not TypeScript (styles, fonts, migrations, data) to the same places there.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const isCopied = (file) => !/\.tsx?$|\.md$|\.prisma$/.test(file) && !['samples', 'generated'].includes(path.basename(file));

fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
const compiler = require.resolve('typescript/bin/tsc', { paths: [root] });
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);
for (const room of ['src', 'webhooks', 'prisma']) {
  fs.cpSync(path.join(root, room), path.join(root, 'dist', room), { recursive: true, filter: isCopied });
}
