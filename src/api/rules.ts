// The matching rules over the API: those in force, drafts, their trials on the money of the last months, and their adoption.
import { z } from 'zod';
import { adoptRuleSet } from '../actions/adoptRuleSet';
import { draftRuleSet, longestRuleReason } from '../actions/draftRuleSet';
import { seeRules, seeRuleSet, seeTrial, type SeenTrial, type TrialRow } from '../actions/seeRules';
import { cancelTrial, tryRules } from '../actions/tryRules';
import { withdrawRuleSet } from '../actions/withdrawRuleSet';
import { changesOf, type DraftedRuleSet, type RuleSet } from '../domain/ruleSet';
import { humanVerdicts, longestTrialDays, progressOf, trialKinds, type RuleTrial } from '../domain/ruleTrial';
import { reading, writing, type Route } from './route';
import { identifier, line } from './text';

const reason = line(longestRuleReason);
const noQuery = z.strictObject({});
const draftBody = z.strictObject({
  changes: z.record(identifier, z.union([z.boolean(), z.int()])).default({}),
  from: identifier.exactOptional(),
  reason,
});
const tryBody = z.strictObject({ days: z.int().min(1).max(longestTrialDays).exactOptional() });
const adoptBody = z.strictObject({ trialId: identifier.exactOptional(), reason });
const rowsQuery = z.strictObject({
  kind: z.enum(trialKinds).exactOptional(),
  verdict: z.enum(humanVerdicts).exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.coerce.number().int().min(0).exactOptional(),
});

export const ruleRoutes: Route[] = [
  reading({
    path: '/api/rule-sets',
    summary: 'The matching rules in force, and all sets that were drafted, newest first; a person only',
    query: noQuery,
    read: async (ctx, { actor }) => {
      const { inForce, sets } = await seeRules(ctx, actor);
      return { inForce: presentRules(inForce), data: sets.map(presentSet), nextCursor: null };
    },
  }),
  writing({
    path: '/api/rule-sets',
    summary:
      'Draft a rule set: `changes` against the one in force, or against `from` (a set’s id, or `default`); switches as booleans, limits as numbers. Nothing is judged by it',
    status: 201,
    body: draftBody,
    act: (ctx, { actor, body: { changes, from, reason: why } }) =>
      draftRuleSet(ctx, { actor, changes, reason: why, ...(from === undefined ? {} : { from }) }),
    present: (_, set) => presentSet(set),
  }),
  reading({
    path: '/api/rule-sets/:id',
    summary: 'One rule set, its trials, and what keeps it from being adopted',
    query: noQuery,
    read: async (ctx, { actor, params }) => {
      const { set, trials, obstacle } = await seeRuleSet(ctx, actor, params['id'] ?? '');
      return { ...presentSet(set), trials: trials.map(presentTrial), obstacle: obstacle ?? null };
    },
  }),
  writing({
    path: '/api/rule-sets/:id/try',
    summary: 'Judge the credits of the last days again by these rules, in the background; nothing of money is written',
    status: 201,
    body: tryBody,
    act: (ctx, { actor, params, body: { days } }) =>
      tryRules(ctx, { actor, ruleSetId: params['id'] ?? '', ...(days === undefined ? {} : { days }) }),
    present: (_, trial) => presentTrial(trial),
  }),
  writing({
    path: '/api/rule-sets/:id/adopt',
    summary:
      'Put a rule set in force for all money that comes afterwards: another person than drafted it, after a finished trial over 90 days that contradicts nobody’s decision',
    status: 200,
    body: adoptBody,
    act: (ctx, { actor, params, body: { trialId, reason: why } }) =>
      adoptRuleSet(ctx, { actor, ruleSetId: params['id'] ?? '', reason: why, ...(trialId === undefined ? {} : { trialId }) }),
    present: (_, set) => presentSet(set),
  }),
  writing({
    path: '/api/rule-sets/:id/withdraw',
    summary: 'Withdraw a draft that nobody wants any more: it is tried and adopted no more',
    status: 200,
    body: z.strictObject({}),
    act: (ctx, { actor, params }) => withdrawRuleSet(ctx, { actor, ruleSetId: params['id'] ?? '' }),
    present: (_, set) => presentSet(set),
  }),
  reading({
    path: '/api/rule-trials/:id',
    summary: 'A trial: how far it is, what would be gained, lost and changed, and the rows that make the counts',
    query: rowsQuery,
    read: async (ctx, { actor, params, query: { limit, cursor, ...filter } }) => {
      const after = cursor === undefined ? {} : { after: cursor };
      return presentSeen(await seeTrial(ctx, actor, params['id'] ?? '', { ...filter, ...after }, limit));
    },
  }),
  writing({
    path: '/api/rule-trials/:id/cancel',
    summary: 'End a trial that is running',
    status: 200,
    body: z.strictObject({}),
    act: (ctx, { actor, params }) => cancelTrial(ctx, { actor, trialId: params['id'] ?? '' }),
    present: (_, trial) => presentTrial(trial),
  }),
];

const presentRules = (rules: RuleSet) => ({ id: rules.id, acts: rules.acts, limits: rules.limits, changes: changesOf(rules) });

const presentSet = (set: DraftedRuleSet) => ({
  ...presentRules(set),
  number: set.number,
  reason: set.reason,
  draftedBy: set.draftedBy,
  draftedAt: set.draftedAt,
  adoption: set.adoption ?? null,
  withdrawal: set.withdrawal ?? null,
});

const presentTrial = ({ last, ...trial }: RuleTrial) => ({
  ...trial,
  progress: progressOf({ ...trial, ...(last ? { last } : {}) }),
  same: trial.checked - trial.gained - trial.lost - trial.changed,
});

const presentSeen = ({ trial, rows, next }: SeenTrial) => ({
  ...presentTrial(trial),
  data: rows.map(presentRow),
  nextCursor: next === undefined ? null : String(next),
});

const presentRow = ({ difference: { kind, was, would }, transaction, resolutions, verdictNow }: TrialRow) => ({
  transactionId: transaction.id,
  amount: transaction.amount,
  content: transaction.content,
  kind,
  verdict: verdictNow,
  was,
  would,
  decisions: resolutions.map(({ id, action, obligationId, amount, at, by, reason: why, undoes }) => ({
    ...{ id, action, amount, at, by, reason: why },
    ...(obligationId ? { obligationId } : {}),
    ...(undoes ? { undoes } : {}),
  })),
});
