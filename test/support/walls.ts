// The walls between the rooms of the house, and a checker that names every file that goes through one.
import path from 'node:path';
import { sourceOf, type Finding } from './sourceReader';

interface Wall {
  /** Rooms, or single files, whose code may be imported. */
  rooms: readonly string[];
  /** Packages and Node modules: a name, or the beginning of one with a star. */
  libraries: readonly string[];
  /** What the room may not use at all: it is given these as facts, or asks another room. */
  never?: readonly Finding['kind'][];
}

const noWorld = ['clock', 'chance', 'network', 'world'] as const;
const root = ['context', 'problems'];
const doorLibraries = [
  'express',
  'zod',
  '@kitajs/html',
  'qrcode',
  'echarts',
  '@observablehq/plot',
  'pdfkit',
  'pdfmake',
  'write-excel-file',
  'busboy',
  'node:*',
];

const walls: Readonly<Record<string, Wall>> = {
  domain: { rooms: ['domain'], libraries: ['decimal.js', 'node:crypto'], never: noWorld },
  webhooks: { rooms: ['webhooks', 'domain'], libraries: ['zod', 'node:crypto'], never: noWorld },
  statements: {
    rooms: ['statements', 'domain'],
    libraries: ['zod', 'papaparse', 'htmlparser2', 'saxes', 'yauzl', 'node:*'],
    never: noWorld,
  },
  store: { rooms: ['store', 'domain'], libraries: ['@prisma/*', 'better-sqlite3', 'pg', 'node:*'], never: ['network'] },
  outbound: {
    rooms: ['outbound', 'domain', 'problems'],
    libraries: ['stripe', '@payos/node', 'vnpay', 'cockatiel', '@kitajs/html', 'vietqr', 'nodemailer', 'standardwebhooks', 'node:*'],
  },
  actions: {
    rooms: ['actions', 'domain', ...root, 'webhooks/provider', 'src/statements/reader'],
    libraries: ['@node-rs/argon2', 'xml-crypto', 'xadesjs', 'otplib', 'openid-client', 'node:crypto'],
    never: ['clock', 'chance', 'network', 'world'],
  },
  api: { rooms: ['api', 'actions', 'domain', ...root], libraries: doorLibraries, never: ['network', 'transact'] },
  web: { rooms: ['web', 'actions', 'domain', ...root], libraries: doorLibraries, never: ['network', 'transact'] },
  jobs: { rooms: ['jobs', 'actions', 'context'], libraries: ['croner', 'node:*'], never: ['network', 'transact'] },
  bell: { rooms: [], libraries: [], never: ['network', 'transact'] },
  problems: { rooms: ['refusals'], libraries: [], never: noWorld },
  refusals: { rooms: ['refusals'], libraries: [], never: noWorld },
};

/** Files directly under src/ that wire the rooms together and may therefore import anything. */
const wiring = [
  'main',
  'demo',
  'pretendTown',
  'pretendYesterday',
  'verifyMatch',
  'verifyCloses',
  'serve',
  'app',
  'context',
  'config',
  'log',
  'metrics',
  'seal',
  'certificate',
  'signals',
];
const settings = ['src/config.ts', 'webhooks/replay.ts', 'prisma/prisma.config.ts'];
const bannedWord = /^(utils?|helpers?|common|misc|managers?|handlers?|services?)$/;
/** The one stylesheet apart. */
const maxLines = 300;

/** Every fault in the given files (path from the project's root → text), each as `file:line: what is wrong`. */
export function faultsIn(files: ReadonlyMap<string, string>): string[] {
  const codes = codesOf(files);
  return [...files].flatMap(([file, text]) => [
    ...shapeFaults(file, text),
    ...(/\.tsx?$/.test(file) && !file.startsWith('test/') ? codeFaults(file, text, codes) : []),
  ]);
}

function shapeFaults(file: string, text: string): string[] {
  const faults: string[] = [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > maxLines && !file.endsWith('.css')) faults.push(`${file}:${maxLines}: has ${lines} lines; at most ${maxLines}`);
  const words = file.split('/').flatMap((part) => part.replace(/\..*$/, '').split(/(?=[A-Z])|[-_]/));
  const banned = words.find((word) => bannedWord.test(word.toLowerCase()));
  if (banned) faults.push(`${file}:1: is named ${banned}, which says nothing about what lives there`);
  if (/\.tsx?$/.test(file) && !opensWithSentence(text)) faults.push(`${file}:1: does not begin with a sentence about what lives there`);
  return faults;
}

function opensWithSentence(text: string): boolean {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return /^\/\/ \p{L}.{8,}[.!?…](\s|$)/u.test(lines.slice(0, end < 0 ? undefined : end).join(' '));
}

function codeFaults(file: string, text: string, codes: ReadonlySet<string> | undefined): string[] {
  const room = roomOf(file);
  if (room === undefined) return [`${file}:1: lies in no room of the house`];
  const wall = walls[room];
  const { imports, findings } = sourceOf(file, text);
  const at = (line: number, fault: string): string => `${file}:${line}: ${fault}`;

  const wrongImports = imports.flatMap(({ specifier, names, line }) => {
    const fault = wall && importFault(file, wall, specifier, names, room);
    return fault ? [at(line, fault)] : [];
  });
  const wrongUses = findings.flatMap(({ kind, text: found, line }) => {
    if (kind === 'settings') return settings.includes(file) ? [] : [at(line, `${found}: settings are read in src/config.ts`)];
    if (kind === 'problem') return codes && !codes.has(found) ? [at(line, `refuses with ${found}, which is not in the catalogue`)] : [];
    if (kind === 'transact')
      return ['actions', 'store', 'prisma'].includes(room) || file === 'src/context.ts' ? [] : [at(line, `${found}: only actions write`)];
    return wall?.never?.includes(kind) ? [at(line, `${found}: ${room} knows no ${kind}`)] : [];
  });
  return [...wrongImports, ...wrongUses];
}

/** The room of a file; `wiring` and `tools` may import anything. */
function roomOf(file: string): string | undefined {
  const [top, second = '', ...deeper] = file.replace(/\.tsx?$/, '').split('/');
  if (file === 'webhooks/replay.ts') return 'tools';
  if (top === 'webhooks' || top === 'prisma') return top;
  if (deeper.length > 0) return walls[second] && !['bell', 'problems'].includes(second) ? second : undefined;
  return wiring.includes(second) ? 'wiring' : walls[second] && ['bell', 'problems'].includes(second) ? second : undefined;
}

function importFault(file: string, wall: Wall, specifier: string, names: readonly string[], room: string): string | undefined {
  if (!specifier.startsWith('.')) return libraryFault(wall, specifier, names, room);
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const [top, second = ''] = target.split('/');
  const targetRoom = top === 'src' ? second : (top ?? '');
  const allowed = wall.rooms.some((name) => name === targetRoom || target === name);
  return allowed && !/\/generated(\/|$)/.test(room === 'store' ? '' : target) ? undefined : `imports ${target}: not from ${room}`;
}

function libraryFault(wall: Wall, specifier: string, names: readonly string[], room: string): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const allowed = wall.libraries.some((library) => (library.endsWith('*') ? name.startsWith(library.slice(0, -1)) : library === name));
  if (!allowed) return `imports ${specifier}: not from ${room}`;
  if (name === 'node:process') return 'imports node:process: settings are read in src/config.ts';
  if (name !== 'node:crypto') return undefined;
  const forbidden =
    room === 'domain'
      ? names.find((one) => !['createHash', 'hash'].includes(one))
      : names.find((one) => wall.never?.includes('chance') && /^(random|default$|\*$)/.test(one));
  return forbidden ? `imports ${forbidden} of node:crypto: not from ${room}` : undefined;
}

/** The codes of the catalogue, or undefined where there is none to look at. */
function codesOf(files: ReadonlyMap<string, string>): ReadonlySet<string> | undefined {
  const catalogue = [...files].filter(([file]) => file.startsWith('src/refusals/'));
  return catalogue.length === 0 ? undefined : new Set(catalogue.flatMap(([file, text]) => [...sourceOf(file, text).topLevelKeys]));
}
