// Reconciliations over the API: one account and day with its books and differences, days in a list, and what people say of a difference.
import { z } from 'zod';
import { listDays, type DayRow } from '../actions/listDays';
import { noteDifference } from '../actions/noteDifference';
import { reconcileDay } from '../actions/reconcileDay';
import {
  blockingOf,
  dayStandingOf,
  differenceClasses,
  noteKinds,
  type Difference,
  type DifferenceNote,
  type Reconciliation,
} from '../domain/reconciliation';
import { addDays, dayOf, parseDay, type Day } from '../domain/time';
import { Problem } from '../problems';
import { reading, writing, type Route } from './route';
import { dayText } from './schemas';
import { identifier, line } from './text';

/** So many days the list goes back where nobody says. */
const usualDays = 7;

const listQuery = z.strictObject({ from: dayText.exactOptional(), to: dayText.exactOptional(), account: identifier.exactOptional() });
const dayQuery = z.strictObject({ class: z.enum(differenceClasses).exactOptional() });
const noteBody = z
  .strictObject({ key: line(200), kind: z.enum(noteKinds).default('note'), text: line(500, 3), ownerId: identifier.exactOptional() })
  .refine(({ kind, ownerId }) => (kind === 'owner') === (ownerId !== undefined), {
    path: ['ownerId'],
    message: 'needed for an owner, and only there',
  });

export const reconciliationRoutes: Route[] = [
  reading({
    path: '/api/reconciliations',
    summary:
      'Where each account and day stands, newest first: no_statement, differences, ready or closed (then with what of it is open again); at most 31 days',
    query: listQuery,
    read: async (ctx, { actor, query }) => {
      const to = query.to ?? dayOf(ctx.now());
      const from = query.from ?? addDays(to, 1 - usualDays);
      const { rows } = await listDays(ctx, actor, { from, to, ...(query.account ? { accountId: query.account } : {}) });
      return { data: rows.map(presentRow), nextCursor: null };
    },
  }),
  reading({
    path: '/api/reconciliations/:account/:day',
    summary:
      'One account and day: what was owed, paid, banked, receipted, remitted and refunded, and what does not agree, by class. Read afresh each time; a person only',
    query: dayQuery,
    read: async (ctx, { actor, params, query }) =>
      presentReconciliation(await reconcileDay(ctx, actor, params['account'] ?? '', dayNamed(params['day'])), query.class),
  }),
  writing({
    path: '/api/reconciliations/:account/:day/notes',
    summary: 'Say something of a difference: a note, its owner, or that the close carries it, with the reason; a person only',
    status: 201,
    body: noteBody,
    act: (ctx, { actor, params, body: { key, kind, text, ownerId } }) =>
      noteDifference(ctx, {
        actor,
        accountId: params['account'] ?? '',
        day: dayNamed(params['day']),
        key,
        kind,
        text,
        ...(ownerId ? { ownerId } : {}),
      }),
    present: (_, note) => presentNote(note),
  }),
];

export function dayNamed(text: string | undefined): Day {
  const day = parseDay(text ?? '');
  if (!day) throw new Problem('request_invalid', 'day', [{ path: 'day', message: 'not a day such as 2026-11-21' }]);
  return day;
}

const presentRow = ({ accountId, ...row }: DayRow) => ({ account: accountId, ...row });

function presentReconciliation(reconciliation: Reconciliation, wanted: Difference['class'] | undefined) {
  const { accountId, day, asOf, statement, statementId, closedAt, books, expected, bookedFromBefore } = reconciliation;
  const isWanted = (difference: Difference): boolean => wanted === undefined || difference.class === wanted;
  return {
    account: accountId,
    day,
    asOf,
    standing: dayStandingOf(reconciliation),
    statement,
    ...(statementId ? { statementId } : {}),
    ...(closedAt ? { closedAt } : {}),
    books,
    classes: Object.fromEntries(
      differenceClasses.map((one) => [one, reconciliation.differences.filter((each) => each.class === one).length]),
    ),
    blocking: blockingOf(reconciliation).length,
    differences: reconciliation.differences.filter(isWanted).map(presentDifference),
    expected,
    bookedFromBefore,
    late: reconciliation.late.filter(isWanted).map((one) => ({ day: one.day, ...presentDifference(one) })),
  };
}

const presentDifference = ({
  key,
  class: differenceClass,
  amount,
  subject,
  facts,
  since,
  owner,
  deadline,
  isBlocking,
  carried,
  notes,
  ways,
  evidence,
}: Difference) => ({
  key,
  class: differenceClass,
  amount,
  subject,
  facts,
  since,
  owner,
  deadline,
  isBlocking,
  ...(carried ? { carried } : {}),
  notes: notes.map(presentNote),
  ways,
  evidence,
});

const presentNote = ({ id, key, kind, amount, text, ownerId, by, at }: DifferenceNote) => ({
  id,
  key,
  kind,
  amount,
  text,
  ...(ownerId ? { ownerId } : {}),
  by,
  at,
});
