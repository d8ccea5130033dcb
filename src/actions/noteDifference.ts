// Says something of a difference: a note, who looks after it from now on, or that the close may carry it, with the reason; by a person, at a time.
import type { Context } from '../context';
import type { DifferenceNote, NoteKind } from '../domain/reconciliation';
import { can, signatureOf, type Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { Problem } from '../problems';
import { demand, sightOf } from './demand';
import { reconcileDay } from './reconcileDay';

export interface Remark {
  actor: Actor;
  accountId: string;
  day: Day;
  /** The difference's. */
  key: string;
  kind: NoteKind;
  text: string;
  /** Of kind `owner`: who has it from now on. */
  ownerId?: string;
}

/**
 * What was said. A carry holds for the amount that the difference has now: with another amount it has to be said again.
 * Throws account_unknown, difference_unknown, difference_not_blocking or owner_unknown.
 */
export async function noteDifference(ctx: Context, remark: Remark): Promise<DifferenceNote> {
  const { actor, accountId, day, key, kind, text } = remark;
  demand(actor, 'prepare_close');
  const difference = (await reconcileDay(ctx, actor, accountId, day)).differences.find((one) => one.key === key);
  if (!difference) throw new Problem('difference_unknown');
  if (kind === 'carry' && !difference.isBlocking) throw new Problem('difference_not_blocking');
  const ownerId = kind === 'owner' ? await ownerIn(ctx, remark) : undefined;
  const note: DifferenceNote = {
    id: ctx.id('differenceNote'),
    accountId,
    day,
    key,
    kind,
    amount: difference.amount,
    text,
    ...(ownerId ? { ownerId } : {}),
    by: signatureOf(actor),
    at: ctx.now(),
  };
  await ctx.store.transact((tables) => tables.reconciliations.append(note));
  return note;
}

/** Whoever prepares closes within the sight of the one who says so. */
async function ownerIn(ctx: Context, { actor, ownerId }: Remark): Promise<string> {
  const { tables } = ctx.store;
  const owner = ownerId === undefined ? undefined : await tables.officers.find(ownerId);
  const sight = await sightOf(tables, actor);
  if (!owner || (sight && !sight.includes(owner.agencyCode))) throw new Problem('owner_unknown');
  const { id: officerId, name, role, agencyCode } = owner;
  if (!can({ kind: 'person', officerId, name, role, agencyCode }, 'prepare_close')) throw new Problem('owner_unknown');
  return officerId;
}
