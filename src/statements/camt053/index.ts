// ISO 20022 camt.053: the entries of a bank's XML statement as movements, streamed.
import type { Money } from '../../domain/money';
import type { Day } from '../../domain/time';
import { TextPieces } from '../encoding';
import { batchRows } from '../limits';
import { StatementRefused, type RejectedRow, type StatementBatch, type StatementEnd, type StatementRow } from '../reader';
import { RepeatedMovements } from '../repeats';
import { ControlTotals, isForeign } from '../totals';
import { XmlWalk, type XmlListener } from '../xml';
import {
  accountLeaves,
  amountOf,
  balanceLeaves,
  dayOfText,
  detailLeaves,
  entryLeaves,
  periodOf,
  summaryLeaves,
  type Leaves,
} from './leaves';
import { movementsOf, newDetail, newEntry, type Balance, type Detail, type Entry } from './entry';

export async function* readCamt053(chunks: AsyncIterable<Buffer>): AsyncGenerator<StatementBatch, StatementEnd, undefined> {
  const statement = new CamtStatement();
  const xml = new XmlWalk(statement);
  let text: TextPieces | undefined;
  let bytesRead = 0;
  for await (const chunk of chunks) {
    text ??= new TextPieces(chunk);
    bytesRead += chunk.length;
    xml.take(text.take(chunk));
    if (statement.isFull) yield statement.batch(bytesRead);
  }
  xml.take(text?.end() ?? '');
  xml.end();
  yield statement.batch(bytesRead);
  return statement.end();
}

/** Characters of one entry with all its transactions: a batch of some ten thousand payments. */
const longestEntry = 64 * 1024 * 1024;
/** Longest text of one element that is gathered; what is longer is rejected where it is used. */
const longestText = 8_000;

class CamtStatement implements XmlListener {
  private readonly totals = new ControlTotals();
  private readonly repeats = new RepeatedMovements();
  /** The first moment of the statement's period, as written. */
  private from: string | undefined;
  private rows: StatementRow[] = [];
  private rejected: RejectedRow[] = [];
  private place = 0;
  private rowCount = 0;
  private rejectedCount = 0;
  /** Paths from the element that is read at the moment: `Refs/TxId` inside of a TxDtls. */
  private readonly paths: string[] = [''];
  private words = '';
  private currency: string | undefined;
  private isStatement = false;
  private entry: Entry | undefined;
  private entryLength = 0;
  private detail: Detail | undefined;
  private balance: Balance | undefined;
  private statementCurrency: string | undefined;
  /** They stand before the entries, which say what they are worth. */
  private closings: { balance: Money; day: Day | undefined }[] = [];

  get isFull(): boolean {
    return this.rows.length + this.rejected.length >= batchRows;
  }

  batch(bytesRead: number): StatementBatch {
    const { rows, rejected } = this;
    this.rows = [];
    this.rejected = [];
    return { rows, rejected, bytesRead };
  }

  end(): StatementEnd {
    if (!this.isStatement) throw new StatementRefused('not_a_statement');
    return { layout: 'camt053', totals: this.totals.all(), rowCount: this.rowCount, rejectedCount: this.rejectedCount };
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const above = this.paths.at(-1) ?? '';
    this.paths.push(this.begin(name) ? '' : above === '' ? name : `${above}/${name}`);
    this.words = '';
    this.currency = attributes['Ccy'];
  }

  text(text: string): void {
    if (this.words.length < longestText) this.words += text;
  }

  close(name: string): void {
    const path = this.paths.pop() ?? '';
    const text = this.words.trim();
    if (this.finish(name)) return;
    this.words = '';
    if (text === '') return;
    if (this.entry) this.countEntry(text.length);
    if (this.detail) take(detailLeaves, path, this.detail, text, this.currency);
    else if (this.entry) take(entryLeaves, path, this.entry, text, this.currency);
    else if (this.balance) take(balanceLeaves, path, this.balance, text, this.currency);
    else this.takeOfStatement(path, text);
  }

  /** Whether an element begins here whose leaves are told from it on. */
  private begin(name: string): boolean {
    if (name === 'Stmt') {
      this.isStatement = true;
      this.statementCurrency = undefined;
      this.from = undefined;
      this.repeats.nextStatement();
      this.totals.nextStatement();
    } else if (!this.isStatement) return false;
    else if (name === 'Ntry' && !this.entry) {
      this.entry = newEntry();
      this.entryLength = 0;
    } else if (name === 'TxDtls' && this.entry && !this.detail) this.detail = newDetail();
    else if (name === 'Bal' && !this.entry) this.balance = {};
    else return false;
    return true;
  }

  private finish(name: string): boolean {
    const path = this.paths.at(-1);
    if (name === 'TxDtls' && this.entry && this.detail) {
      this.entry.details.push(this.detail);
      this.detail = undefined;
    } else if (name === 'Ntry' && this.entry && path !== undefined) {
      this.keepEntry(this.entry);
      this.entry = undefined;
    } else if (name === 'Bal' && this.balance) {
      this.keepBalance(this.balance);
      this.balance = undefined;
    } else if (name === 'Stmt') this.endStatement();
    else return false;
    return true;
  }

  private countEntry(length: number): void {
    this.entryLength += length + 64;
    if (this.entryLength > longestEntry) throw new StatementRefused('too_large');
  }

  private takeOfStatement(path: string, text: string): void {
    if (path === 'Acct/Ccy') this.statementCurrency = text;
    else if (path === 'StmtPgntn/PgNb' && !/^0*1$/.test(text)) this.repeats.nextPage();
    else if (path === 'FrToDt/FrDtTm') this.from = text;
    else if (path === 'FrToDt/ToDtTm') this.totals.period(periodOf(this.from, text));
    else if (accountLeaves.has(path)) this.totals.account(text.replace(/[ .-]/g, ''));
    const summary = summaryLeaves.get(path);
    if (summary === 'count' && /^\d{1,9}$/.test(text)) this.totals.countMore(Number(text));
    const sum = summary && summary !== 'count' ? amountOf(text) : undefined;
    if (sum && typeof sum !== 'string' && summary && summary !== 'count') this.totals.stateMore(summary, sum);
  }

  private keepEntry(entry: Entry): void {
    if (entry.status !== undefined && entry.status !== 'BOOK') return; // announced, not booked
    entry.currency ??= this.statementCurrency;
    const found = movementsOf(entry, this.place + 1);
    this.place += found.length;
    for (const one of found) {
      if ('why' in one) {
        this.rejected.push(one);
        this.rejectedCount++;
        this.repeats.rejected();
      } else if (this.repeats.isRepeated(one)) this.totals.repeat(one);
      else {
        this.rows.push(one);
        this.rowCount++;
      }
    }
    this.totals.splitCount += found.length - 1;
  }

  private keepBalance({ kind, amount, mark, day, currency }: Balance): void {
    const sum = amount === undefined || isForeign(currency) ? undefined : amountOf(amount);
    if (!sum || typeof sum === 'string') return;
    const balance = mark === 'DBIT' ? sum.times(-1) : sum;
    const known = day === undefined ? undefined : dayOfText(day)?.day;
    if (kind === 'OPBD' || kind === 'PRCD') {
      this.totals.opening(balance, known);
      this.repeats.opening(balance);
    }
    if (kind === 'CLBD') {
      this.closings.push({ balance, day: known });
      this.repeats.closing(balance);
    }
  }

  private endStatement(): void {
    for (const { balance, day } of this.closings) this.totals.closing(balance, day, this.repeats.isOlderView(balance));
    this.closings = [];
  }
}

function take<Target>(leaves: Leaves<Target>, path: string, target: Target, text: string, currency: string | undefined): void {
  leaves.get(path)?.(target, text, currency);
}
