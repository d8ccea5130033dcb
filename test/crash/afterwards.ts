// What must hold after a crash: what was acknowledged is there, nothing is booked twice, the books balance, the file is whole.
import Database from 'better-sqlite3';
import { brokenAmong, brokenLaws, rowsOf } from '../support/books';
import { isAcknowledged, type Answer, type Webhook } from './teller';

/** Those that were acknowledged and are not there. */
export async function lostAmong(url: string, answers: readonly Answer[]): Promise<Webhook[]> {
  const kept = await keptBodies(url);
  return answers.filter((answer) => isAcknowledged(answer) && !kept.has(answer.webhook.body)).map(({ webhook }) => webhook);
}

/** All deliveries byte for byte. */
export async function keptBodies(url: string): Promise<Set<string>> {
  const body = url.startsWith('file:') ? 'CAST(body AS TEXT)' : `convert_from(body, 'UTF8')`;
  return new Set((await rowsOf(url, `SELECT ${body} AS body FROM delivery`)).map((row) => String(row['body'])));
}

const doubles: Record<string, string> = {
  'a webhook is kept once': 'SELECT count(*) - count(DISTINCT digest) FROM delivery',
  'a transfer is one transaction': 'SELECT count(*) - count(DISTINCT provider_id) FROM incoming_transaction',
  'every webhook has its transaction': 'SELECT (SELECT count(*) FROM delivery) - (SELECT count(*) FROM incoming_transaction)',
  'every transaction has one entry': `SELECT (SELECT count(*) FROM incoming_transaction) - (SELECT count(DISTINCT cause_id) FROM posting WHERE cause = 'transaction')`,
  'every paid obligation was announced': `SELECT count(*) FROM obligation o WHERE o.paid > 0 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.obligation_id = o.id)`,
  'every delivery is applied': `SELECT count(*) FROM delivery WHERE state <> 'applied'`,
};

/** What is wrong with books in which every webhook told of one transfer of money in; empty when nothing is. */
export async function faultsIn(url: string): Promise<string[]> {
  const faults = [...(await brokenLaws(url)), ...(await brokenAmong(url, doubles))];
  return url.startsWith('file:') ? [...faults, ...faultsOfFile(url.slice('file:'.length))] : faults;
}

/** What SQLite itself finds. */
export function faultsOfFile(path: string): string[] {
  const database = new Database(path);
  try {
    const integrity = (database.pragma('integrity_check') as { integrity_check: string }[]).map((row) => row.integrity_check);
    const orphans = (database.pragma('foreign_key_check') as { table: string }[]).map(
      ({ table }) => `a row of ${table} without its parent`,
    );
    return [...integrity.filter((line) => line !== 'ok'), ...orphans];
  } finally {
    database.close();
  }
}
