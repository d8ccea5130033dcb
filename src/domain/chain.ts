// Chains: the order in which movements that share one time must have happened, as their balances tell it.

/** A movement as a step from one balance to another. */
export interface Step {
  before: bigint;
  after: bigint;
}

/** An order of all steps up to some group, ending at one balance; by its last part, so that many share their beginning. */
interface Chain<One extends Step> {
  part: readonly One[];
  earlier?: Chain<One>;
  balance?: bigint;
  cost: number;
}

/** For each balance of a group: how many more of its steps leave the balance than reach it. */
type Excess = ReadonlyMap<bigint, number>;

/** Beginnings, and ends, that are tried in one group: more than two matter only where much is missing from it. */
const mostTries = 8;

/** A gap between two groups, and one between steps of one time: of as many gaps those between are the likelier ones. */
const gapCost = 1_000;
const innerGapCost = 1_001;

/**
 * The steps in order, where `groups` are in order and the steps of one group may have come in any. The order chosen has no gap where one
 * without gap exists, and one gap where one is enough; where more is missing it may have a gap more than there must be.
 * A group is a graph whose nodes are balances: an order without gap is a trail that walks each step once (Euler, 1736). Which trail is
 * best depends on where the next group can go on: the best chain to each balance at which it may end is carried from group to group.
 */
export function chained<One extends Step>(groups: readonly (readonly One[])[]): One[] {
  let chains: Chain<One>[] = [{ part: [], cost: 0 }];
  groups.forEach((steps, index) => (chains = chainsOver(chains, steps, groups[index + 1] ?? [])));
  const parts: (readonly One[])[] = [];
  for (let chain = cheapest(chains); chain; chain = chain.earlier) parts.push(chain.part);
  return parts.reverse().flat();
}

export const isGap = (earlier: Step, later: Step): boolean => earlier.after !== later.before;

const cheapest = <One extends Step>(chains: readonly Chain<One>[]): Chain<One> | undefined =>
  chains.reduce<Chain<One> | undefined>((best, chain) => (best === undefined || chain.cost < best.cost ? chain : best), undefined);

function chainsOver<One extends Step>(chains: readonly Chain<One>[], steps: readonly One[], next: readonly One[]): Chain<One>[] {
  const best = new Map<bigint | undefined, Chain<One>>();
  for (const earlier of chains) {
    for (const part of ordersOf(steps, earlier.balance, next)) {
      const balance = part.at(-1)?.after;
      const cost = earlier.cost + costOf(part, earlier.balance);
      if (cost < (best.get(balance)?.cost ?? Infinity))
        best.set(balance, { part, earlier, ...(balance === undefined ? {} : { balance }), cost });
    }
  }
  return [...best.values()].sort((one, other) => one.cost - other.cost).slice(0, mostTries);
}

function costOf(part: readonly Step[], balance: bigint | undefined): number {
  const inner = part.filter((step, index) => index > 0 && isGap(part[index - 1] ?? step, step)).length;
  return inner * innerGapCost + (balance === undefined || part[0]?.before === balance ? 0 : gapCost);
}

function ordersOf<One extends Step>(steps: readonly One[], balance: bigint | undefined, next: readonly One[]): (readonly One[])[] {
  if (steps.length === 1) return [steps];
  const excess = excessOf(steps);
  const goOn = new Set(next.flatMap(({ before, after }) => [before, after]).filter((node) => excess.has(node)));
  return startsOf(excess, balance, goOn).flatMap((start) => endsOf(excess, start, goOn).map((end) => trailOf(steps, excess, start, end)));
}

function excessOf(steps: readonly Step[]): Excess {
  const excess = new Map<bigint, number>();
  for (const { before, after } of steps) {
    excess.set(before, (excess.get(before) ?? 0) + 1);
    excess.set(after, (excess.get(after) ?? 0) - 1);
  }
  return excess;
}

/** From the balance at hand where a step leaves or reaches it; else, and at the opening edge, from wherever the group may begin. */
function startsOf(excess: Excess, balance: bigint | undefined, goOn: ReadonlySet<bigint>): bigint[] {
  if (balance !== undefined && excess.has(balance)) return [balance];
  const leaving = [...excess].filter(([, count]) => count > 0).map(([node]) => node);
  // Without a beginning of its own it goes round, and ends where it began.
  return (leaving.length > 0 ? leaving : [...goOn, ...excess.keys()]).slice(0, mostTries);
}

/** Where more steps reach a balance than leave it; or, by a jump, where the next group can go on. */
function endsOf(excess: Excess, start: bigint, goOn: ReadonlySet<bigint>): bigint[] {
  const reached = [...excess].filter(([node, count]) => count - (node === start ? 1 : 0) < 0).map(([node]) => node);
  return [...new Set([...reached.filter((node) => goOn.has(node)), ...reached.slice(0, mostTries / 2), ...goOn])].slice(0, mostTries);
}

/** All steps of a group from `start` to `end`, with jumps where balances have no step: Hierholzer's algorithm, in linear time. */
function trailOf<One extends Step>(steps: readonly One[], excess: Excess, start: bigint, end: bigint): One[] {
  const leaving = new Map<bigint, (One | Step)[]>();
  for (const step of [...steps, ...jumpsOf(excess, start, end)]) {
    const others = leaving.get(step.before);
    if (others) others.push(step);
    else leaving.set(step.before, [step]);
  }
  // What no jump connects comes last, round by round.
  const trail = [start, ...leaving.keys()].flatMap((node) => walkedFrom(node, leaving));
  const real = new Set<One | Step>(steps);
  return trail.filter((step): step is One => real.has(step));
}

function jumpsOf(excess: Excess, start: bigint, end: bigint): Step[] {
  const open = [...excess].map(([node, count]) => ({ node, count: count - (node === start ? 1 : 0) + (node === end ? 1 : 0) }));
  const from = open.flatMap(({ node, count }) => Array<bigint>(Math.max(0, -count)).fill(node));
  const to = open.flatMap(({ node, count }) => Array<bigint>(Math.max(0, count)).fill(node));
  return from.flatMap((before, index) => {
    const after = to[index];
    return after === undefined ? [] : [{ before, after }];
  });
}

/** Walks on while a step leaves, then back, taking in the rounds that were left out; uses up what it walks. */
function walkedFrom<One extends Step>(start: bigint, leaving: ReadonlyMap<bigint, One[]>): One[] {
  const open: { at: bigint; by?: One }[] = [{ at: start }];
  const walked: One[] = [];
  for (let last = open.at(-1); last; last = open.at(-1)) {
    const step = leaving.get(last.at)?.pop();
    if (step) open.push({ at: step.after, by: step });
    else {
      open.pop();
      if (last.by) walked.push(last.by);
    }
  }
  return walked.reverse();
}
