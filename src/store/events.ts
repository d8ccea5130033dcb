// Events in the order of commits, and the outbox through which subscribers hear of them.
import type { Counter } from '../domain/agency';
import type { DeliveryResult, DueDelivery, Event, EventType, NewEvent } from '../domain/event';
import type { Instant } from '../domain/time';
import type { Event as EventRow } from './generated/client';
import { allOf, instant, isIn, json, optional, type Condition } from './rows';
import type { Sql, TransactionSql, Value } from './sql';

type Row = Omit<EventRow, 'id'> & { id: bigint };

/** What listening processes hear on PostgreSQL when events were committed. */
export const eventChannel = 'counter_fees_events';
/** Any fixed number: it names the lock that keeps events in the order of commits on PostgreSQL. */
const eventOrderLock = 815_0002;

export interface EventFilter {
  agencyCodes?: readonly string[];
  /** What concerns a counter: its own events, and those of its agency that concern no counter more than another. */
  counter?: Pick<Counter, 'id' | 'agencyCode'>;
  obligationId?: string;
}

const insertEvent =
  'INSERT INTO event (type, at, subject_id, obligation_id, agency_code, counter_id, version, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';

export function eventsTable(sql: Sql & Partial<Pick<TransactionSql, 'dialect'>>) {
  const appendForSubscribers = async (events: readonly NewEvent[], subscribers: readonly { id: string }[]): Promise<void> => {
    for (const event of events) {
      const row = await sql.get<{ id: bigint }>(`${insertEvent} RETURNING id`, ...rowOf(event));
      await sql.each(
        `INSERT INTO event_delivery (subscriber_id, event_id, order_key, attempts, next_attempt_at, state) VALUES (?, ?, ?, 0, ?, 'waiting')`,
        subscribers.map(({ id }) => [id, row?.id ?? 0n, event.obligationId ?? event.subjectId, event.at]),
      );
    }
  };

  return {
    after: async (id: number, filter: EventFilter, limit: number): Promise<Event[]> => {
      const { where, values } = conditionsOf(id, filter);
      const text = `SELECT * FROM event WHERE ${where} ORDER BY id LIMIT ?`;
      return (await sql.all<Row>(text, ...values, limit)).map(toEvent);
    },

    lastId: async (): Promise<number> => Number((await sql.get<{ id: bigint | null }>('SELECT max(id) AS id FROM event'))?.id ?? 0n),

    /** Announces, and puts a row in the outbox for every subscriber. Call it last: on PostgreSQL it takes the lock of the feed's order. */
    append: async (events: readonly NewEvent[]): Promise<void> => {
      if (events.length === 0) return;
      const subscribers = await sql.all<{ id: string }>('SELECT id FROM subscriber WHERE disabled_at IS NULL');
      if (sql.dialect === 'postgresql') await sql.get('SELECT pg_advisory_xact_lock(?)', eventOrderLock);
      if (subscribers.length === 0) await sql.each(insertEvent, events.map(rowOf));
      else await appendForSubscribers(events, subscribers);
      if (sql.dialect === 'postgresql') await sql.get(`SELECT pg_notify('${eventChannel}', '')`);
    },

    /** What may be told now: the first waiting event of each obligation, whose time has come. */
    listDue: async (now: Instant, limit: number): Promise<DueDelivery[]> => {
      const rows = await sql.all<
        Row & { subscriber_id: string; url: string; secret_ciphertext: string; attempts: bigint; next_attempt_at: string }
      >(
        `SELECT e.*, d.subscriber_id, d.attempts, d.next_attempt_at, s.url, s.secret_ciphertext
         FROM event_delivery d JOIN event e ON e.id = d.event_id JOIN subscriber s ON s.id = d.subscriber_id
         WHERE d.state = 'waiting' AND d.next_attempt_at <= ? AND s.disabled_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM event_delivery b WHERE b.subscriber_id = d.subscriber_id AND b.order_key = d.order_key
             AND b.state = 'waiting' AND b.event_id < d.event_id)
         ORDER BY e.id LIMIT ?`,
        now,
        limit,
      );
      return rows.map((row) => ({
        subscriberId: row.subscriber_id,
        url: row.url,
        secretCiphertext: row.secret_ciphertext,
        attempts: Number(row.attempts),
        nextAttemptAt: instant(row.next_attempt_at),
        event: toEvent(row),
      }));
    },

    /** Takes one due delivery until `until`; false when another process took it since it was read. */
    claimDelivery: async ({ subscriberId, event, nextAttemptAt }: DueDelivery, until: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE event_delivery SET next_attempt_at = ? WHERE subscriber_id = ? AND event_id = ? AND state = 'waiting' AND next_attempt_at = ?`,
        until,
        subscriberId,
        event.id,
        nextAttemptAt,
      )) === 1,

    markDelivery: (subscriberId: string, eventId: number, result: { state: DeliveryResult; nextAttemptAt: Instant; answer: string }) =>
      sql.run(
        'UPDATE event_delivery SET state = ?, attempts = attempts + 1, next_attempt_at = ?, last_answer = ? WHERE subscriber_id = ? AND event_id = ?',
        result.state,
        result.nextAttemptAt,
        result.answer,
        subscriberId,
        eventId,
      ),

    /** One that had answered 410 hears again. */
    saveSubscriber: (subscriber: { id: string; url: string; secretCiphertext: string; createdAt: Instant }) =>
      sql.run(
        `INSERT INTO subscriber (id, url, secret_ciphertext, created_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (url) DO UPDATE SET secret_ciphertext = excluded.secret_ciphertext, disabled_at = NULL`,
        subscriber.id,
        subscriber.url,
        subscriber.secretCiphertext,
        subscriber.createdAt,
      ),

    markSubscriberDisabled: (id: string, at: Instant) => sql.run('UPDATE subscriber SET disabled_at = ? WHERE id = ?', at, id),
  };
}

function conditionsOf(afterId: number, { agencyCodes, counter, obligationId }: EventFilter): { where: string; values: Value[] } {
  const conditions: Condition[] = [['id > ?', afterId]];
  if (agencyCodes) conditions.push(isIn('agency_code', agencyCodes));
  if (counter) conditions.push(['(counter_id = ? OR (counter_id IS NULL AND agency_code = ?))', counter.id, counter.agencyCode]);
  if (obligationId) conditions.push(['obligation_id = ?', obligationId]);
  return allOf(conditions);
}

const rowOf = (event: NewEvent): Value[] => [
  event.type,
  event.at,
  event.subjectId,
  event.obligationId ?? null,
  event.agencyCode ?? null,
  event.counterId ?? null,
  event.version,
  JSON.stringify(event.payload),
];

const toEvent = (row: Row): Event => ({
  id: Number(row.id),
  type: row.type as EventType,
  at: instant(row.at),
  subjectId: row.subject_id,
  ...optional('obligationId', row.obligation_id),
  ...optional('agencyCode', row.agency_code),
  ...optional('counterId', row.counter_id),
  version: Number(row.version),
  payload: json<unknown>(row.payload),
});
