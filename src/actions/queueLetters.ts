// Queues letters: follows the feed of events, and writes one to the contact of the dossier for each change that a citizen should know of.
import type { Context } from '../context';
import type { Dossier } from '../domain/dossier';
import type { Event } from '../domain/event';
import { isTold, letterLifeMs, type Letter, type ToldType } from '../domain/letter';
import { newsLetter } from '../domain/letterWords';
import type { BareObligation } from '../domain/obligation';
import { addMs } from '../domain/time';
import { payPageOf } from './sharePayPage';

/** In one transaction: enough to share a commit, few enough that money beside it does not wait. */
const mostEvents = 200;

/**
 * Writes for the next events of the feed; returns how many were looked at, 0 at its end. How far it came is kept in the same transaction as the
 * letters, so that whoever goes on after a crash writes one for each event; what they say is read before it, so that money beside it does not
 * wait. Without a contact there is no letter, and without a notifier nobody looks.
 */
export async function queueLetters(ctx: Context): Promise<number> {
  if (!ctx.outbound.notifier) return 0;
  const { letters, events } = ctx.store.tables;
  const from = await letters.cursor();
  const news = await events.after(from, {}, mostEvents);
  const last = news.at(-1);
  if (!last) return 0;
  const now = ctx.now();
  const written = await lettersFor(
    ctx,
    news.filter((event) => isTold(event, now)),
  );
  await ctx.store.transact(async (tables) => {
    const isOurs = await tables.letters.claimEvents(from, last.id); // else another process has written for them
    if (isOurs) await tables.letters.keep(written);
  });
  if (written.length > 0) ctx.bell.ring();
  return news.length;
}

/** Where receipts are on the citizen's page, and after which news they are there. */
const receiptsOnPage = '#receipts';
const hasReceipt: readonly ToldType[] = ['obligation.paid', 'obligation.overpaid'];

type Told = Event & { type: ToldType; obligationId: string };

/** Of what fails because of a bug there is no letter; the others do not wait for it. */
async function lettersFor(ctx: Context, told: readonly Told[]): Promise<Letter[]> {
  if (told.length === 0) return [];
  const { tables } = ctx.store;
  const obligations = await tables.obligations.listBareByIds([...new Set(told.map(({ obligationId }) => obligationId))]);
  const dossiers = await tables.dossiers.listByIds([...new Set(obligations.map(({ dossierId }) => dossierId))]);
  const reached = new Map(dossiers.filter(({ applicantEmail }) => applicantEmail).map((dossier) => [dossier.id, dossier]));
  const letters: Letter[] = [];
  for (const event of told) {
    const obligation = obligations.find(({ id }) => id === event.obligationId);
    const dossier = obligation && reached.get(obligation.dossierId);
    if (!dossier) continue;
    try {
      letters.push(await letterOf(ctx, event, obligation, dossier));
    } catch (error) {
      ctx.log.error({ err: error, eventId: event.id }, 'a letter could not be written');
    }
  }
  return letters;
}

async function letterOf(ctx: Context, event: Told, obligation: BareObligation, dossier: Dossier): Promise<Letter> {
  const { tables } = ctx.store;
  const agency = (await tables.agencies.list()).find(({ code }) => code === obligation.agencyCode);
  const receiptPage = event.type === 'receipt.issued' ? await receiptPageOf(ctx, event) : undefined;
  const text = newsLetter({
    type: event.type,
    dossierCode: dossier.code,
    unitName: agency?.name ?? obligation.agencyCode,
    payload: event.payload,
    payPage: `${await payPageOf(ctx, tables, obligation.reference)}${hasReceipt.includes(event.type) ? receiptsOnPage : ''}`,
    ...(receiptPage ? { receiptPage } : {}),
  });
  const at = ctx.now();
  return {
    id: `event-${event.id}`,
    kind: event.type,
    dossierId: dossier.id,
    obligationId: obligation.id,
    sealed: ctx.seal.close(JSON.stringify(text)),
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: at,
    giveUpAt: addMs(event.at, letterLifeMs),
    createdAt: at,
  };
}

async function receiptPageOf(ctx: Context, { subjectId, obligationId }: Told): Promise<string | undefined> {
  const receipt = (await ctx.store.tables.receipts.ofObligations([obligationId])).find(({ id }) => id === subjectId);
  return receipt && `${ctx.config.publicUrl}/receipt/${receipt.content.lookupCode}`;
}
