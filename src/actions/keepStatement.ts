// Keeps a statement file as it was sent, piece by piece while it arrives: evidence first, to be read afterwards.
import { createHash } from 'node:crypto';
import type { Context, ReadTables } from '../context';
import type { Account } from '../domain/agency';
import { zero } from '../domain/money';
import { signatureOf, type Actor } from '../domain/role';
import { emptySurvey, type StatementFile } from '../domain/statement';
import { isSoundText } from '../domain/text';
import { Problem } from '../problems';
import { demand, sightOf } from './demand';

/** A million lines of the widest layout have room. */
export const maxStatementBytes = 256 * 1024 * 1024;
const partBytes = 256 * 1024;
/** In one transaction. */
const partsAtOnce = 4;
const longestFileName = 200;
/** Of a file whose account is not known before its bytes. */
export const maxHeldBytes = 16 * 1024 * 1024;

export interface SentStatement {
  actor: Actor;
  /** Of the account whose statement it is: its id or number. */
  account: string;
  fileName: string;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * The file, waiting to be read. Throws account_unknown, account_ambiguous, statement_empty or statement_too_large, which the list says
 * as well; what breaks off while it arrives is cancelled.
 */
export async function keepStatement(ctx: Context, { actor, account, fileName, bytes }: SentStatement): Promise<StatementFile> {
  demand(actor, 'import_statements');
  const { id: accountId } = await accountNamed(ctx.store.tables, actor, account);
  const file = draftFile(ctx.id('statement'), { accountId, name: soundName(fileName), keptBy: signatureOf(actor), keptAt: ctx.now() });
  await ctx.store.transact((tables) => tables.statements.keep(file));
  try {
    const { sha256, byteCount } = await keepParts(ctx, file.id, bytes);
    if (!(await ctx.store.transact((tables) => tables.statements.markArrived(file.id, sha256, byteCount))))
      throw new Problem('statement_ended');
    return { ...file, sha256, byteCount, state: 'waiting' };
  } catch (error) {
    const problem = wrongWith(error);
    await ctx.store.transact((tables) =>
      problem
        ? tables.statements.markEnded(file.id, 'refused', ctx.now(), { problem, sample: [] })
        : tables.statements.markEnded(file.id, 'cancelled', ctx.now()),
    );
    throw error;
  }
}

/** What is wrong with the file itself, by the name of its refusal. */
const wrongWith = (error: unknown): string | undefined =>
  error instanceof Problem ? /^statement_(empty|too_large)$/.exec(error.code)?.[1] : undefined;

/** The bytes of a file from its beginning, as they were sent. */
export async function* keptBytes({ store }: Context, fileId: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const part = await store.tables.statements.findPart(fileId, position);
    if (!part) return;
    yield part;
  }
}

/** A file as a whole, while it is not known whose it is. Throws statement_account_first where it is too large for that. */
export async function heldBytes(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > maxHeldBytes) throw new Problem('statement_account_first');
    pieces.push(Uint8Array.from(piece));
  }
  return pieces;
}

/** An account of ours that the actor sees. Throws account_unknown, or account_ambiguous where two banks have one of that number. */
export async function accountNamed(tables: Pick<ReadTables, 'agencies' | 'accounts'>, actor: Actor, named: string): Promise<Account> {
  const sight = await sightOf(tables, actor);
  const seen = (await tables.accounts.list()).filter(
    ({ id, accountNumber, agencyCode, purpose }) =>
      (id === named || accountNumber === named) && purpose === 'collection' && (!sight || sight.includes(agencyCode)),
  );
  const [first, second] = seen;
  if (!first) throw new Problem('account_unknown');
  if (second && first.id !== named) throw new Problem('account_ambiguous');
  return first;
}

async function keepParts(ctx: Context, id: string, bytes: AsyncIterable<Uint8Array>): Promise<{ sha256: string; byteCount: number }> {
  const hash = createHash('sha256');
  let [byteCount, position] = [0, 0];
  let waiting: Uint8Array[] = [];
  const flush = async (): Promise<void> => {
    const [from, parts] = [position, waiting];
    await ctx.store.transact(async (tables) => {
      for (const [place, part] of parts.entries()) await tables.statements.keepPart(id, from + place, part);
    });
    position += parts.length;
    waiting = [];
  };
  for await (const part of evenParts(bytes)) {
    byteCount += part.length;
    if (byteCount > maxStatementBytes) throw new Problem('statement_too_large');
    hash.update(part);
    waiting.push(part);
    if (waiting.length === partsAtOnce) await flush();
  }
  if (byteCount === 0) throw new Problem('statement_empty');
  await flush();
  return { sha256: hash.digest('hex'), byteCount };
}

/** Pieces as they come, cut and joined to parts of one size. */
async function* evenParts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(partBytes);
  let filled = 0;
  for await (const piece of bytes) {
    for (let from = 0; from < piece.length;) {
      const some = piece.subarray(from, from + partBytes - filled);
      part.set(some, filled);
      filled += some.length;
      from += some.length;
      if (filled < partBytes) continue;
      yield part;
      part = new Uint8Array(partBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

type Sender = Pick<StatementFile, 'accountId' | 'name' | 'keptBy' | 'keptAt'>;

const draftFile = (id: string, sender: Sender): StatementFile => ({
  ...sender,
  ...emptySurvey,
  id,
  sha256: '',
  byteCount: 0,
  state: 'arriving',
  bytesRead: 0,
  rowCount: 0,
  seenCount: 0,
  knownCount: 0,
  newCount: 0,
  heldCount: 0,
  totals: {},
  credits: zero,
  debits: zero,
  isFinal: false,
  tries: 0,
});

function soundName(fileName: string): string {
  const name = fileName.normalize('NFC').slice(0, longestFileName).trim();
  return name !== '' && isSoundText(name) ? name : 'statement';
}
