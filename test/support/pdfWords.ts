// Reads the words of a PDF with another program than the one that wrote it.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** All that stands on its sheets, lines joined by one space. */
export async function wordsInPdf(bytes: Buffer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-words-'));
  const path = join(folder, 'paper.pdf');
  writeFileSync(path, bytes);
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'pdfReader.mjs'), path], { maxBuffer: 2 ** 26 });
  rmSync(folder, { recursive: true });
  const [read] = JSON.parse(stdout) as { pages: { texts: { text: string }[] }[] }[];
  const texts = read?.pages.flatMap((page) => page.texts.map(({ text }) => text.trim())) ?? [];
  return texts.join(' ').replace(/\s+/g, ' ');
}
