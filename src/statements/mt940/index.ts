// SWIFT MT940: the fields of a bank's statement messages as movements, line by line.
import { TextPieces } from '../encoding';
import { batchRows } from '../limits';
import { StatementRefused, type RejectedRow, type StatementBatch, type StatementEnd, type StatementRow } from '../reader';
import { RepeatedMovements } from '../repeats';
import { ControlTotals, isForeign } from '../totals';
import { balanceIn, contentIn, movementOf, type Content, type Line } from './fields';

/** SWIFT's own limits are far below. */
const longestLine = 2_000;
const mostLinesOfField = 60;

export async function* readMt940(chunks: AsyncIterable<Buffer>): AsyncGenerator<StatementBatch, StatementEnd, undefined> {
  const messages = new Mt940();
  let text: TextPieces | undefined;
  let bytesRead = 0;
  for await (const chunk of chunks) {
    text ??= new TextPieces(chunk);
    bytesRead += chunk.length;
    messages.take(text.take(chunk));
    if (messages.isFull) yield messages.batch(bytesRead);
  }
  messages.take(`${text?.end() ?? ''}\n`);
  const end = messages.end();
  yield messages.batch(bytesRead);
  return end;
}

class Mt940 {
  private rest = '';
  private tag = '';
  private lines: string[] = [];
  private open: { line: Line; content: Content } | undefined;
  private currency: string | undefined;
  private isOpen = false;
  private statements = 0;
  private place = 0;
  private rowCount = 0;
  private rejectedCount = 0;
  private rows: StatementRow[] = [];
  private rejected: RejectedRow[] = [];
  private readonly totals = new ControlTotals();
  private readonly repeats = new RepeatedMovements();

  get isFull(): boolean {
    return this.rows.length + this.rejected.length >= batchRows;
  }

  batch(bytesRead: number): StatementBatch {
    const { rows, rejected } = this;
    this.rows = [];
    this.rejected = [];
    return { rows, rejected, bytesRead };
  }

  take(piece: string): void {
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > longestLine) throw new StatementRefused('damaged', 'a line without end');
    for (const line of lines) this.takeLine(line.replace(/\r+$/, ''));
  }

  /** A statement without its closing balance was cut off: what came after it is not known. */
  end(): StatementEnd {
    this.endField();
    if (this.isOpen) throw new StatementRefused('damaged', ':62F:');
    if (this.statements === 0) throw new StatementRefused('not_a_statement');
    return { layout: 'mt940', totals: this.totals.all(), rowCount: this.rowCount, rejectedCount: this.rejectedCount };
  }

  private takeLine(line: string): void {
    const bare = line.replace(/^(\{[1235]:[^{}]*(\{[^{}]*\}[^{}]*)*\})*(\{4:)?/, '');
    if (bare.length > longestLine) throw new StatementRefused('damaged', 'a line without end');
    const [, tag, rest] = /^:(\d{2}[A-Z]?):(.*)$/.exec(bare) ?? [];
    if (tag !== undefined) {
      this.endField();
      this.tag = tag;
      this.lines = [rest ?? ''];
    } else if (/^-\}?|^\{5:/.test(bare) && /^(-\}?(\{5:.*)?|\{5:.*)\s*$/.test(bare)) {
      this.endField();
    } else if (this.tag !== '' && this.lines.length < mostLinesOfField) {
      this.lines.push(bare);
    }
  }

  private endField(): void {
    const { tag, lines } = this;
    this.tag = '';
    this.lines = [];
    if (tag !== '86') this.endMovement();
    if (tag === '20') this.begin();
    else if (tag === '25') this.totals.account(accountIn(lines.join('')));
    else if (tag === '60F' || tag === '60M') this.takeOpening(lines[0] ?? '', tag === '60M');
    else if (tag === '61') this.open = { line: { text: lines[0] ?? '', more: lines.slice(1).join(' ') }, content: {} };
    else if (tag === '86' && this.open) this.open.content = contentIn(lines);
    else if (tag === '62F' || tag === '62M') this.takeClosing(lines[0] ?? '');
    if (tag === '86') this.endMovement();
  }

  private begin(): void {
    if (this.isOpen) throw new StatementRefused('damaged', ':62F:');
    this.isOpen = true;
    this.currency = undefined;
    this.statements++;
    this.repeats.nextStatement();
    this.totals.nextStatement();
  }

  private takeOpening(text: string, isLaterPage: boolean): void {
    const found = balanceIn(text);
    if (!found) throw new StatementRefused('damaged', ':60F:');
    this.currency = found.currency;
    if (isForeign(found.currency)) return;
    this.totals.opening(found.balance, found.day);
    if (isLaterPage) this.repeats.nextPage();
    else this.repeats.opening(found.balance);
  }

  private takeClosing(text: string): void {
    const found = balanceIn(text);
    if (!found) throw new StatementRefused('damaged', ':62F:');
    this.isOpen = false;
    if (isForeign(found.currency)) return;
    this.totals.closing(found.balance, found.day, this.repeats.isOlderView(found.balance));
    if (found.day) this.totals.period({ fromDay: found.day, toDay: found.day }); // it names no other day
    this.repeats.closing(found.balance);
  }

  private endMovement(): void {
    const { open } = this;
    if (!open) return;
    this.open = undefined;
    this.place++;
    const found = isForeign(this.currency)
      ? { row: this.place, why: 'currency_foreign' as const, cell: this.currency ?? '' }
      : movementOf(this.place, open.line, open.content);
    if ('why' in found) {
      this.rejected.push(found);
      this.rejectedCount++;
      this.repeats.rejected();
    } else if (this.repeats.isRepeated(found)) this.totals.repeat(found);
    else {
      this.rows.push(found);
      this.rowCount++;
    }
  }
}

/** `BANKVNVX/0011001932418VND` → the digits, with their leading zeros. */
const accountIn = (text: string): string | undefined => /(\d[\d .-]{4,30}\d)\s*([A-Z]{3})?\s*$/.exec(text)?.[1]?.replace(/\D/g, '');
