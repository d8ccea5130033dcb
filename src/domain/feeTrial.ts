// Tries a draft on lines that were issued: what each would have cost, for how many it changes, and by how much in all.
import { isRefusal, type Channel, type Fee, type FeeRefusal } from './fee';
import { inputsOf, type FeeInputs } from './feeInputs';
import { knowsPreference } from './feePreference';
import { priceFee } from './feePrice';
import type { FeeItem } from './obligation';
import { zero, type Money } from './money';
import type { Day } from './time';

/** A frozen line with the day, channel and place that its price was made for. */
export interface PastLine {
  obligationId: string;
  dossierCode: string;
  localityCode: string;
  channel: Channel;
  on: Day;
  item: FeeItem;
}

export interface TriedLine {
  obligationId: string;
  dossierCode: string;
  on: Day;
  before: Money;
  /** Undefined where the draft cannot price it. */
  after?: Money;
  refused?: FeeRefusal['refused'];
}

export interface Trial {
  lines: number;
  dearer: number;
  cheaper: number;
  alike: number;
  /** The draft asks for an input that these lines do not have, or has no amount for them. */
  refused: number;
  /** Of all lines that it can price. */
  before: Money;
  after: Money;
  /** Where most changes, the most first; then those that it cannot price. */
  examples: readonly TriedLine[];
}

const mostExamples = 20;

export const emptyTrial: Trial = { lines: 0, dearer: 0, cheaper: 0, alike: 0, refused: 0, before: zero, after: zero, examples: [] };

/** The trial with these lines too. */
export function tryOn(draft: Fee, lines: readonly PastLine[], trial: Trial = emptyTrial): Trial {
  let { dearer, cheaper, alike, refused, before, after } = trial;
  const tried = lines.map((line) => triedLine(draft, line));
  for (const one of tried) {
    if (!one.after) {
      refused++;
      continue;
    }
    const change = one.after.compare(one.before);
    if (change > 0) dearer++;
    else if (change < 0) cheaper++;
    else alike++;
    before = before.plus(one.before);
    after = after.plus(one.after);
  }
  const examples = [...trial.examples, ...tried.filter(isChanged)].sort(byChange).slice(0, mostExamples);
  return { lines: trial.lines + lines.length, dearer, cheaper, alike, refused, before, after, examples };
}

/** Priced as if the draft had been in force that day; what was claimed then is claimed again where the draft knows it. */
function triedLine(draft: Fee, line: PastLine): TriedLine {
  const { item, obligationId, dossierCode, on, channel, localityCode } = line;
  const { validFrom: _from, validTo: _to, ...timeless } = draft;
  const { code, evidence } = item.preference ?? {};
  const claim = code !== undefined && evidence !== undefined && knowsPreference(draft, code) ? { preference: { code, evidence } } : {};
  const context = { channel, on, localityCode };
  const priced = priceFee(timeless, inputsFor(draft, item), { ...context, ...claim });
  // A preference that the draft no longer gives on that day is not claimed: the line then costs what it costs without it.
  const result = isRefusal(priced) && priced.input?.startsWith('preference') ? priceFee(timeless, inputsFor(draft, item), context) : priced;
  const known = { obligationId, dossierCode, on, before: item.amount };
  return isRefusal(result) ? { ...known, refused: result.refused } : { ...known, after: result.amount };
}

/** What the line was priced with, as far as the draft's rule asks for it. */
function inputsFor(draft: Fee, item: FeeItem): FeeInputs {
  const asked = inputsOf(draft).map((input) => input.name);
  return {
    ...(asked.includes('quantity') && { quantity: item.quantity }),
    ...(asked.includes('units') && item.units !== undefined && { units: item.units }),
    ...(asked.includes('value') && item.value !== undefined && { value: item.value }),
    ...(asked.includes('case') && item.case !== undefined && { case: item.case }),
  };
}

const isChanged = (line: TriedLine): boolean => !line.after?.equals(line.before);

const distanceOf = ({ before, after }: TriedLine): bigint => {
  if (!after) return -1n;
  const change = after.dong - before.dong;
  return change < 0n ? -change : change;
};

const byChange = (a: TriedLine, b: TriedLine): number => {
  const [x, y] = [distanceOf(a), distanceOf(b)];
  return x > y ? -1 : x < y ? 1 : a.obligationId < b.obligationId ? -1 : 1;
};
