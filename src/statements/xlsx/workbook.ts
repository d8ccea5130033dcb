// What a workbook says before its sheets: which sheets there are, its calendar, its shared texts and the formats of its cells.
import { StatementRefused } from '../reader';
import { XmlWalk, type XmlListener } from '../xml';
import type { Archive } from './archive';

export interface Workbook {
  /** The entries of its sheets, in their order. */
  sheets: readonly string[];
  is1904: boolean;
  texts: readonly string[];
  /** By the number of a cell's style. */
  formats: readonly CellFormat[];
}

/** `digits`: the format shows at least so many, with zeros before them. */
export interface CellFormat {
  isDate: boolean;
  digits: number;
}

/** Characters of all shared texts together: some hundred thousand rows with a content of their own. */
const mostText = 40 * 1024 * 1024;
const base = 'xl/';

/** Throws StatementRefused(`not_a_statement`) where the archive is no workbook. */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  if (archive.has(`${base}workbook.bin`)) throw new StatementRefused('old_excel');
  if (!archive.has(`${base}workbook.xml`)) throw new StatementRefused('not_a_statement');
  const targets = await targetsOf(archive);
  const { ids, is1904 } = await listOf(archive);
  const sheets = ids.flatMap((id) => targets.get(id) ?? []).filter((name) => archive.has(name));
  if (sheets.length === 0) throw new StatementRefused('damaged', 'no sheet');
  return { sheets, is1904, texts: await sharedTexts(archive), formats: await formatsOf(archive) };
}

export async function walk(archive: Archive, name: string, listener: XmlListener): Promise<void> {
  const xml = new XmlWalk(listener);
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of archive.read(name)) xml.take(decoder.decode(chunk, { stream: true }));
  xml.take(decoder.decode());
  xml.end();
}

async function targetsOf(archive: Archive): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const name = `${base}_rels/workbook.xml.rels`;
  if (!archive.has(name)) return targets;
  await walk(archive, name, {
    open: (tag, { Id: id, Target: target, TargetMode: mode }) => {
      if (tag !== 'Relationship' || id === undefined || target === undefined || mode === 'External') return;
      targets.set(id, target.startsWith('/') ? target.slice(1) : base + target.replace(/^\.\//, ''));
    },
    close: () => undefined,
  });
  return targets;
}

async function listOf(archive: Archive): Promise<{ ids: string[]; is1904: boolean }> {
  const ids: string[] = [];
  let is1904 = false;
  await walk(archive, `${base}workbook.xml`, {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') is1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1];
      if (id !== undefined) ids.push(id);
    },
    close: () => undefined,
  });
  return { ids, is1904 };
}

/** A rich text is its runs together; the phonetic hints beside it are none of it. */
async function sharedTexts(archive: Archive): Promise<string[]> {
  const name = `${base}sharedStrings.xml`;
  const texts: string[] = [];
  if (!archive.has(name)) return texts;
  let text = '';
  let total = 0;
  let isText = false;
  let hints = 0;
  await walk(archive, name, {
    open: (tag) => {
      if (tag === 'si') text = '';
      else if (tag === 'rPh') hints++;
      isText = tag === 't' && hints === 0;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (tag) => {
      if (tag === 't') isText = false;
      else if (tag === 'rPh') hints--;
      if (tag !== 'si') return;
      total += text.length + 16;
      if (total > mostText) throw new StatementRefused('too_large');
      texts.push(text);
    },
  });
  return texts;
}

async function formatsOf(archive: Archive): Promise<CellFormat[]> {
  const name = `${base}styles.xml`;
  const formats: CellFormat[] = [];
  if (!archive.has(name)) return formats;
  const codes = new Map<string, string>();
  let isOfCells = false;
  await walk(archive, name, {
    open: (tag, attributes) => {
      if (tag === 'cellXfs') isOfCells = true;
      else if (tag === 'numFmt') codes.set(attributes['numFmtId'] ?? '', attributes['formatCode'] ?? '');
      else if (tag === 'xf' && isOfCells) formats.push(formatOf(attributes['numFmtId'] ?? '0', codes));
    },
    close: (tag) => {
      if (tag === 'cellXfs') isOfCells = false;
    },
  });
  return formats;
}

/** The numbers that Excel gives to its own formats of dates and times. */
const isOwnDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

function formatOf(id: string, codes: ReadonlyMap<string, string>): CellFormat {
  const code = codes.get(id);
  if (code === undefined) return { isDate: isOwnDate(Number(id)), digits: 0 };
  const letters = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  return { isDate: /[dmyhs]/i.test(letters) && !/general|[#?]/i.test(letters), digits: /^0{2,30}$/.test(letters) ? letters.length : 0 };
}
