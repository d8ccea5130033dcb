// Messages about one obligation come in any order: whatever the order, the obligation and the books end the same.
import { brokenLaws, rowsOf } from '../support/books';
import type { Transfer } from '../support/bank';
import { databases, openTestService, type TestService } from '../support/office';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf } from './teller';

const due = 21_000;
const otherAccount = '110000260001';

type Message = Omit<Transfer, 'content' | 'time'>;

const days: { what: string; messages: readonly Message[]; ends: object }[] = [
  {
    what: 'a part, the rest, the whole once more by mistake, and a transfer out',
    messages: [{ amount: 5_000 }, { amount: due - 5_000 }, { amount: due }, { amount: due, transferType: 'out' }],
    ends: {
      status: 'overpaid',
      flags: ['duplicate'],
      amounts: { due, paid: due, outstanding: 0, over: due, refunded: 0 },
      balances: { 'bank:acc-h26-101': 2 * due, 'receivable:own': 0, 'unapplied:acc-h26-101': -due, 'income:CT-2.000815': -due },
    },
  },
  {
    what: 'two parts, a part to the account of another agency, and less than what is missing',
    messages: [{ amount: 5_000 }, { amount: 6_000 }, { amount: 4_000, accountNumber: otherAccount }, { amount: 1_000 }],
    ends: {
      status: 'part_paid',
      flags: ['wrong_account'],
      amounts: { due, paid: 16_000, outstanding: 5_000, over: 0, refunded: 0 },
      balances: { 'bank:acc-h26': 4_000, 'bank:acc-h26-101': 12_000, 'receivable:own': 5_000, 'income:CT-2.000815': -due },
    },
  },
];

/** Over one connection they come one after the other, over four all at once. */
const ways = { 'one after the other': 1, 'all at once': 4 };

describe.each(databases)('on %s', (kind) => {
  let service: TestService;
  let port: number;
  let references: IterableIterator<string>;
  beforeAll(async () => {
    service = await openTestService(kind);
    port = await service.start();
    references = (await openObligations(service.config.databaseUrl, 1, days.length * Object.keys(ways).length * 24)).values();
  });
  afterAll(() => service.end());

  describe.each(days)('$what', ({ messages, ends }) => {
    it.each(Object.entries(ways))('end the same in every order, told %s', async (_, connections) => {
      const orders = permutations(messages.map((message, place) => ({ ...message, time: timeAt(place) })));
      const endings = await Promise.all(orders.map((order) => tellAbout(String(references.next().value), order, connections)));
      expect(endings).toHaveLength(24);
      expect(endings[0]).toMatchObject(ends);
      for (const ending of endings) expect(ending).toEqual(endings[0]);
      expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    });
  });

  async function tellAbout(reference: string, order: readonly Omit<Transfer, 'content'>[], connections: number): Promise<object> {
    const webhooks = order.map((message) => webhookOf({ ...message, content: `ND ${reference}` }));
    const answers = await tellAll({ port, webhooks, connections });
    expect(answers.filter(isAcknowledged)).toHaveLength(webhooks.length);
    return endingOf(service, reference);
  }
});

/** The bank's own times stay with the messages, in whatever order they come. */
const timeAt = (place: number): string => `2026-11-22 08:0${place}:00`;

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, place) => permutations(items.filter((_, other) => other !== place)).map((rest) => [item, ...rest]));
}

/** What stands of an obligation and of the money for it. */
async function endingOf(service: TestService, reference: string) {
  const { body } = await service.call('get', `/api/obligations?reference=${reference}`).expect(200);
  const [{ id, status, flags, amounts }] = body.data;
  const postings = `SELECT * FROM posting
    WHERE cause_id = '${id}' OR cause_id IN (SELECT id FROM incoming_transaction WHERE content LIKE '%${reference}%')`;
  const balances = await rowsOf(
    service.config.databaseUrl,
    `SELECT account, CAST(sum(amount) AS BIGINT) AS balance FROM (
       SELECT debit AS account, amount FROM (${postings}) d UNION ALL SELECT credit, -amount FROM (${postings}) c
     ) both_sides GROUP BY account ORDER BY account`,
  );
  const named = balances.map(({ account, balance }) => [String(account).replace(id, 'own'), Number(balance)]);
  return { status, flags, amounts, balances: Object.fromEntries(named) };
}
