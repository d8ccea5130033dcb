// Closing: after the last day officers find a home for everything that has none; then no state is left without an exit.
import { chanceOf } from './chances';
import { mustHold } from './broken';
import { compareTouched } from './fates';
import { resolve } from './staff';
import { leftOf, type Transfer } from './truth';
import { dayNumberAt, morningOf, type World } from './world';

const atOnce = 128;
const mostPasses = 6;

/** Every transfer with money that has no home is decided about until none is left. */
export async function closeDay(world: World): Promise<void> {
  world.clock.set(morningOf(dayNumberAt(world.clock.ms) + 1));
  for (let pass = 0; pass < mostPasses; pass++) {
    const open = world.transfers.filter((transfer) => transfer.direction === 'in' && transfer.id !== undefined && leftOf(transfer) > 0);
    if (open.length === 0) break;
    for (const wave of apart(open)) {
      const settles = await Promise.all(
        wave.map((transfer) => resolve(world, transfer, chanceOf(world.options.seed, `closing ${pass} of ${transfer.number}`), true)),
      );
      settles.forEach((settle) => settle());
      await compareTouched(world);
    }
  }
  const left = await world.reader.rows(`SELECT id, why FROM incoming_transaction WHERE state = 'unapplied'`);
  mustHold(left.length === 0, 'every exception has an exit for an officer', () => JSON.stringify(left.slice(0, 5)));
  const odd = await world.reader.rows(`SELECT id FROM obligation WHERE excess > 0`);
  mustHold(odd.length === 0, 'what an obligation has too much can be taken from it', () => JSON.stringify(odd.slice(0, 5)));
}

/** Waves in which no dossier comes twice. */
function apart(transfers: readonly Transfer[]): Transfer[][] {
  const waves: { members: Transfer[]; dossiers: Set<number> }[] = [];
  for (const transfer of transfers) {
    const own = transfer.meant.map(({ dossier }) => dossier.number);
    const isFree = (wave: (typeof waves)[number]) => wave.members.length < atOnce && own.every((number) => !wave.dossiers.has(number));
    const free = waves.slice(-8).find(isFree) ?? { members: [], dossiers: new Set<number>() };
    if (free.members.length === 0) waves.push(free);
    free.members.push(transfer);
    own.forEach((number) => free.dossiers.add(number));
  }
  return waves.map(({ members }) => members);
}
