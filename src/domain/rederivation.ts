// Rederivation: whether a stored proof still leads to its match, from the credit's own fields and nothing else.
import { matchingVersions, matchTransaction, type Candidate, type Credit, type Outcome, type Ruling } from './matching';
import { namedBy } from './matchProof';
import { vnd } from './money';
import { readingsOf } from './reading';
import { referencesIn } from './reference';
import { firstRules, rulesWith, type RuleSet } from './ruleSet';

/** Whether the proof holds, what of it does not, and what it leads to, to be compared with what was booked. */
export interface Rederivation {
  holds: boolean;
  differences: readonly string[];
  outcome?: Outcome;
}

type Fields = Readonly<Record<string, unknown>>;

/** A reference of a version 1 proof, with the obligations that it named. */
interface KnownReference {
  reference: string;
  obligationIds: readonly string[];
}

const longestShown = 120;

/** What a proof says was known of a credit, and by which rules it was judged. */
export interface Proven {
  ruling: Ruling;
  candidates: readonly Candidate[];
}

/** Derives a match again by the rules of the proof's own version and rule set. `stored` is the proof as kept: JSON text, or what was parsed from it. */
export function rederive(credit: Credit, stored: unknown): Rederivation {
  const proof = proofIn(stored);
  if (!proof) return refused('proof: unreadable');
  if (proof['version'] === 1) return rederiveFirst(credit, proof);
  const proven = provenIn(proof);
  if (typeof proven === 'string') return refused(proven);
  const readings = readingsOf(credit.content, proven.ruling.rules.limits);
  const { proof: again, ...outcome } = matchTransaction(credit, proven.candidates, readings, proven.ruling);
  const derived: Fields = { ...again };
  return compared(proof, derived, outcome);
}

/** Undefined where the proof does not say it: version 1 wrote down no amounts. */
export function provenBy(stored: unknown): Proven | undefined {
  const proof = proofIn(stored);
  const proven = proof && provenIn(proof);
  return typeof proven === 'string' ? undefined : proven;
}

/** The rule set that a proof names; undefined where it names none. */
export function ruleSetIn(stored: unknown): RuleSet | undefined {
  const proof = proofIn(stored);
  return proof && ruleSetOf(proof['ruleSet']);
}

const proofIn = (stored: unknown): Fields | undefined => fieldsOf(typeof stored === 'string' ? parsedJson(stored) : stored);

/** Or what cannot be read of it. */
function provenIn(proof: Fields): Proven | string {
  const version = matchingVersions.find((known) => known === proof['version']);
  if (version === undefined) return `version: ${shown(proof['version'])} is unknown`;
  const rules = version < 5 ? firstRules : ruleSetOf(proof['ruleSet']);
  if (!rules) return 'ruleSet: unreadable';
  const candidates = parsedList(proof['candidates'], candidateOf);
  return candidates ? { ruling: { version, rules }, candidates } : 'candidates: unreadable';
}

function ruleSetOf(value: unknown): RuleSet | undefined {
  const { id, changes = {} } = fieldsOf(value) ?? {};
  const changed = fieldsOf(changes);
  const rules = changed && rulesWith(changed);
  return typeof id === 'string' && rules ? { id, ...rules } : undefined;
}

/** Version 1 knew one rule: a single obligation, named by whatever references are written exactly, takes it all. */
function rederiveFirst(credit: Credit, stored: Fields): Rederivation {
  const known = parsedList(stored['known'], knownReferenceOf);
  if (!known) return refused('known: unreadable');
  const found = referencesIn(credit.content);
  const readable = known.filter(({ reference }) => found.includes(reference));
  const [only, second] = new Set(readable.flatMap((one) => one.obligationIds));
  const outcome: Outcome =
    only !== undefined && second === undefined
      ? { kind: 'matched', shares: [{ obligationId: only, amount: credit.amount }] }
      : { kind: 'unmatched', why: found.length === 0 ? 'no_reference' : only === undefined ? 'unknown_reference' : 'ambiguous' };
  return compared(stored, { rule: 'exact_reference', version: 1, found, known: readable }, outcome);
}

function compared(stored: Fields, derived: Fields, outcome: Outcome): Rederivation {
  const names = [...new Set([...Object.keys(derived), ...Object.keys(stored)])];
  const differences = names
    .filter((name) => canonical(stored[name]) !== canonical(derived[name]))
    .map((name) => `${name}: stored ${shown(stored[name])}, derived ${shown(derived[name])}`);
  return { holds: differences.length === 0, differences, outcome };
}

const refused = (difference: string): Rederivation => ({ holds: false, differences: [difference] });

function candidateOf(value: unknown): Candidate | undefined {
  const { obligationId, by, reference, outstanding } = fieldsOf(value) ?? {};
  const name = namedBy.find((known) => known === by);
  if (typeof obligationId !== 'string' || typeof reference !== 'string' || name === undefined) return undefined;
  if (typeof outstanding !== 'number' || !Number.isSafeInteger(outstanding) || outstanding < 0) return undefined;
  return { obligationId, by: name, reference, outstanding: vnd(outstanding) };
}

function knownReferenceOf(value: unknown): KnownReference | undefined {
  const { reference, obligationIds } = fieldsOf(value) ?? {};
  const ids = parsedList(obligationIds, (id) => (typeof id === 'string' ? id : undefined));
  return typeof reference === 'string' && ids ? { reference, obligationIds: ids } : undefined;
}

/** Every element parsed, or undefined when one cannot be. */
function parsedList<Element>(value: unknown, parse: (element: unknown) => Element | undefined): Element[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const parsed = value.map(parse).filter((element) => element !== undefined);
  return parsed.length === value.length ? parsed : undefined;
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined;

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same text for the same JSON: a database may keep the keys in another order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const fields = fieldsOf(value);
  if (!fields) return JSON.stringify(value) ?? 'nothing';
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`).join()}}`;
}

const shown = (value: unknown): string => canonical(value).slice(0, longestShown);
