// The listener: a system that wants to hear of everything, and now and then is out of order itself.
import { deliverEvents } from '../../src/actions/deliverEvents';
import type { SubscriberAnswer } from '../../src/context';
import { mustHold } from './broken';
import { chanceOf, happens } from './chances';
import { count, hourMs, type World } from './world';

export const listenerAt = { url: 'http://listener.example/events', secret: 'whsec_c2ltdWxhdGlvbi1vZi1hLWJhbmstZGF5' };

const faultShare = 0.05;
const mostPasses = 60;

/** What a listener heard: the service's event ids, in the order in which it took them. */
export function listenerOf(seed: number): {
  heard: number[];
  post: (url: string, secret: string, event: { id: string }) => Promise<SubscriberAnswer>;
} {
  const heard: number[] = [];
  const chance = chanceOf(seed, 'the listener');
  const post = async (_url: string, _secret: string, { id }: { id: string }): Promise<SubscriberAnswer> => {
    if (happens(chance, faultShare)) return { kind: 'failed', why: 'HTTP 503' };
    heard.push(Number(id.replace('evt_', '')));
    return { kind: 'accepted', status: 204 };
  };
  return { heard, post };
}

/** Tells what is due until nothing more is taken. */
export async function tellListener({ ctx }: World): Promise<() => void> {
  while ((await deliverEvents(ctx)) > 0);
  return () => undefined;
}

/** In the end everything was heard, once, and in order for each obligation. */
export async function mustHaveHeardAll(world: World): Promise<void> {
  const waiting = () => world.reader.number(`SELECT count(*) FROM event_delivery WHERE state = 'waiting'`);
  for (let pass = 0; (await waiting()) > 0; pass++) {
    mustHold(pass < mostPasses, 'every event is told in the end');
    world.clock.set(world.clock.ms + 6 * hourMs);
    await tellListener(world);
  }
  const { heard } = world.listener;
  const events = await world.reader.rows('SELECT id, coalesce(obligation_id, subject_id) AS about FROM event ORDER BY id');
  const places = new Map(heard.map((id, place) => [id, place]));
  mustHold(
    heard.length === events.length && places.size === heard.length,
    'every event is told once to who takes it',
    () => `${heard.length} of ${events.length}`,
  );
  const last = new Map<unknown, number>();
  for (const { id, about } of events) {
    const place = places.get(Number(id)) ?? -1;
    mustHold(place > (last.get(about) ?? -1), 'events of one obligation are told in their order', () => `event ${id}`);
    last.set(about, place);
  }
  count(world.acts, 'events that the listener heard', heard.length);
}
