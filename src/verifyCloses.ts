// npm run verify-closes <export.json>: checks the chain of day closes from its export alone, without our database.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Json } from './domain/canonicalJson';
import { checkCloses, closeChecker, closesIn, type ChainCheck } from './domain/closeChain';
import { jsonFaultIn } from './domain/jsonText';

const [path] = process.argv.slice(2);
if (path === undefined) {
  nothingToCheck('Name a file: npm run verify-closes -- closes.json (it comes from /api/closes/export or the screen of closes)');
}
void verify(path).then(process.exit);

function nothingToCheck(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

/** 0 where every close is as it was signed, else 1. */
async function verify(file: string): Promise<number> {
  const { closes, ends, faults } = (await checkedByLines(file)) ?? checkCloses(readJson(file));
  const lines = [
    ...faults.map(({ close, what, detail }) => `${close}: ${what}: ${detail}`),
    ...ends.map((end) => `${end.accountNumber}: ${end.number} closes, the last of ${end.day}, hash ${end.hash}`),
    closes === 0
      ? 'There is no close in this file.'
      : faults.length === 0
        ? `${closes} closes are as they were signed. Compare the last numbers and hashes with the signed minutes: a chain that was cut short is still a chain.`
        : `${faults.length} faults in ${closes} closes.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return faults.length === 0 && closes > 0 ? 0 : 1;
}

/** As we write it, a close a line, however many gigabytes those are; undefined where it is laid out otherwise: then it is looked at as one text. */
async function checkedByLines(file: string): Promise<ChainCheck | undefined> {
  const checker = closeChecker();
  let part: 'head' | 'closes' | 'over' = 'head';
  try {
    for await (const line of createInterface(createReadStream(file))) {
      if (part === 'head') {
        if (closesIn(parsed(`${line}]}`))?.length !== 0) return undefined;
        part = 'closes';
      } else if (part === 'closes' && line === ']}') part = 'over';
      else if (part === 'closes') checker.take(parsed(line.replace(/,$/, '')));
      else return undefined;
    }
  } catch {
    return undefined;
  }
  return part === 'over' ? checker.end() : undefined;
}

/** Throws where it is no JSON, or none with one meaning. */
function parsed(text: string): Json {
  if (jsonFaultIn(text)) throw new SyntaxError();
  return JSON.parse(text) as Json;
}

/** A name that stands twice would have two meanings. */
function readJson(file: string): Json {
  const text = textOf(file);
  if (text.trim() === '') nothingToCheck(`${file} is empty.`);
  try {
    const fault = jsonFaultIn(text);
    if (!fault) return JSON.parse(text) as Json;
    process.stderr.write(`${file}: ${fault.reason}\n`);
  } catch {
    nothingToCheck(`${file} is not JSON: it may have been cut short.`);
  }
  process.exit(1);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return nothingToCheck(`${file} cannot be read: is it there, and may you open it?`);
  }
}
