// Sends the letters that wait, with retries for a day; what they say is forgotten once they are sent or given up.
import type { Context, LetterAnswer, OutgoingLetter, ReadTables } from '../context';
import { nextLetterAttempt, type LetterText } from '../domain/letter';
import { addMs, epochMsOf } from '../domain/time';

const mostAtOnce = 20;
/** Longer than a call may take: a process that dies while it sends leaves the letter to the others. */
const leaseMs = 60_000;
const dayMs = 24 * 60 * 60_000;

type Due = Awaited<ReturnType<ReadTables['letters']['listDue']>>[number];

/** Sends what is due; returns how many are over with. The first that finds the mail server out of reach ends the round. */
export async function sendLetters(ctx: Context): Promise<number> {
  if (!ctx.outbound.notifier) return 0;
  let over = 0;
  for (const due of await ctx.store.tables.letters.listDue(ctx.now(), mostAtOnce)) {
    const outcome = await sendOne(ctx, due);
    if (outcome === 'failed') break;
    if (outcome === 'accepted' || outcome === 'refused') over++;
  }
  return over;
}

async function sendOne(ctx: Context, due: Due): Promise<LetterAnswer['kind'] | 'taken'> {
  const until = addMs(ctx.now(), leaseMs);
  const isOurs = await ctx.store.transact((tables) => tables.letters.claim(due, until));
  if (!isOurs) return 'taken'; // another process sends it
  const answer = due.giveUpAt <= ctx.now() ? expired : await tell(ctx, due);
  const now = ctx.now();
  await ctx.store.transact(async ({ letters }) => {
    if (answer.kind === 'accepted') await letters.markSent(due.id, until, now);
    else if (answer.kind === 'refused') await letters.markGivenUp(due.id, until, now, answer.why);
    else await letters.markTried(due.id, until, nextLetterAttempt(due.attempts + 1, now), answer.why);
  });
  if (answer.kind !== 'accepted') ctx.log.warn({ letterId: due.id, why: answer.why }, 'a letter was not sent');
  return answer.kind;
}

const expired = { kind: 'refused', why: 'too late' } as const;

async function tell(ctx: Context, { id, recipient, sealed, createdAt }: Due): Promise<LetterAnswer> {
  const text = textIn(ctx, sealed);
  if (!recipient || !text || !ctx.outbound.notifier) return { kind: 'refused', why: recipient ? 'its text does not open' : 'no contact' };
  return ctx.outbound.notifier.send({ id: `${id}-${epochMsOf(createdAt)}`, recipient, ...text });
}

/** Undefined when it does not open: another SECRET_KEY, or a damaged row. */
function textIn(ctx: Context, sealed: string | undefined): LetterText | undefined {
  try {
    return sealed === undefined ? undefined : (JSON.parse(ctx.seal.open(sealed)) as LetterText);
  } catch {
    return undefined;
  }
}

/** In demo mode: what would be sent is kept, to be looked at. */
export async function keepInOutbox(ctx: Context, letter: OutgoingLetter): Promise<LetterAnswer> {
  await ctx.store.transact((tables) => tables.letters.keepInOutbox({ ...letter, at: ctx.now() }));
  return { kind: 'accepted' };
}

/** Of the queue: what waits, since when, and what was given up within a day. */
export const letterTroubles = (ctx: Context): ReturnType<ReadTables['letters']['counts']> =>
  ctx.store.tables.letters.counts(addMs(ctx.now(), -dayMs));
