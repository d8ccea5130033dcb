// A statement whose reading breaks off, is stopped, or loses its reader: it goes on, nothing is doubled and nothing is lost.
import { cancelStatement } from '../../src/actions/cancelStatement';
import { importNext, importStatement } from '../../src/actions/importStatement';
import { keepStatement } from '../../src/actions/keepStatement';
import type { Context } from '../../src/context';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { openStatementReading } from '../../src/statements/reading';
import { brokenLaws, numberOf } from '../support/books';
import { databases, openTestService, type TestService } from '../support/office';
import { statementCsv, type ListedLine } from '../support/statementFiles';

const officer = { kind: 'person', officerId: 'of_test', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' } as const;
const day = '2026-11-18';
const lineCount = 1_200;
const noPause = async () => undefined;
type Reading = Context['statementReading'];

const linesOf = (name: string): ListedLine[] =>
  Array.from({ length: lineCount }, (_, place) => ({
    day,
    reference: `${name}${place}`,
    credit: 10_000 + (place % 7) * 1_000,
    content: `nop ${name} ${place}`,
  }));

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 10_000) yield bytes.subarray(from, from + 10_000);
}

describe.each(databases)('A statement on %s', (kind) => {
  let service: TestService;
  let now: Instant = instantOf(Date.parse('2026-11-20T03:00:00Z'));
  beforeAll(async () => (service = await openTestService(kind, { replace: { now: () => now } })));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  const count = (text: string) => numberOf(service.config.databaseUrl, text);
  const kept = async (name: string): Promise<string> => {
    const bytes = pieces(statementCsv({ lines: linesOf(name) }));
    return (await keepStatement(service.ctx, { actor: officer, account: 'acc-h26-101', fileName: `${name}.csv`, bytes })).id;
  };
  const find = async (id: string) => service.ctx.store.tables.statements.find(id);
  const linesKept = (name: string) => count(`SELECT count(*) FROM statement_line WHERE content LIKE 'nop ${name} %'`);
  const moneyOf = (name: string) => count(`SELECT count(*) FROM incoming_transaction WHERE content LIKE 'nop ${name} %'`);
  const unlinkedOf = (name: string) =>
    count(`SELECT count(*) FROM statement_line WHERE transaction_id IS NULL AND content LIKE 'nop ${name} %'`);
  /** The service with a reader that does something after its first lines. */
  const afterFirstLines = (act: () => Promise<void>): Context => {
    const { statementReading } = service.ctx;
    const lines: Reading['lines'] = async function* (bytes, given) {
      let isFirst = true;
      for await (const found of statementReading.lines(bytes, given)) {
        if (!isFirst) await act();
        isFirst = false;
        yield found;
      }
    };
    return { ...service.ctx, statementReading: { ...statementReading, lines } };
  };
  const breaking = () =>
    afterFirstLines(async () => {
      throw new Error('the thread is gone');
    });

  it('goes on where its reading broke off', async () => {
    const id = await kept('BR');
    await importStatement(breaking(), id, noPause);
    expect(await find(id)).toMatchObject({ state: 'waiting' });
    const first = await linesKept('BR');
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(lineCount);
    expect(await importNext(service.ctx, noPause)).toBe(true);
    expect(await find(id)).toMatchObject({
      state: 'read',
      rowCount: lineCount,
      lineCount,
      knownCount: 0,
      newCount: lineCount,
      heldCount: 0,
    });
    expect([await linesKept('BR'), await moneyOf('BR'), await unlinkedOf('BR')]).toEqual([lineCount, lineCount, 0]);
  });

  it('that was stopped half-way is known again when it is sent once more, and what it had left becomes money once', async () => {
    const id = await kept('ST');
    const stopping = afterFirstLines(async () => void (await cancelStatement(service.ctx, officer, id).catch(() => undefined)));
    await importStatement(stopping, id, noPause);
    const first = await linesKept('ST');
    expect(await find(id)).toMatchObject({ state: 'cancelled', lineCount: first });
    expect([first > 0 && first < lineCount, await moneyOf('ST')]).toEqual([true, 0]);
    const again = await kept('ST');
    await importStatement(service.ctx, again, noPause);
    expect(await find(again)).toMatchObject({ state: 'read', lineCount, seenCount: first });
    expect([await linesKept('ST'), await moneyOf('ST'), await unlinkedOf('ST')]).toEqual([lineCount, lineCount, 0]);
  });

  it('whose reader has died is read by another, but not while it lives', async () => {
    const id = await kept('DE');
    await service.ctx.store.transact((tables) => tables.statements.claim(id, now, now));
    expect(await importNext(service.ctx, noPause)).toBe(false);
    expect(await importStatement(service.ctx, id, noPause)).toBe(false);
    now = addMs(now, 61_000);
    expect(await importNext(service.ctx, noPause)).toBe(true);
    expect(await find(id)).toMatchObject({ state: 'read', newCount: lineCount });
  });

  it('at which reading breaks again and again is refused, and the next one is read', async () => {
    const id = await kept('EV');
    const survey: Reading['survey'] = async () => {
      throw new Error('out of memory');
    };
    const ctx = { ...service.ctx, statementReading: { ...service.ctx.statementReading, survey } };
    for (let tries = 0; tries < 3; tries++) expect(await importNext(ctx, noPause)).toBe(true);
    expect(await find(id)).toMatchObject({ state: 'refused', problem: 'broken' });
    expect(await importNext(ctx, noPause)).toBe(false);
  });

  it('whose sender leaves before its end is cancelled, and so is one of which nothing more came', async () => {
    const cut = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(400_000);
      throw new Error('the request was cut off');
    };
    const sent = keepStatement(service.ctx, { actor: officer, account: 'acc-h26-101', fileName: 'cut.csv', bytes: cut() });
    await expect(sent.catch(String)).resolves.toMatch('cut off');
    expect(await count(`SELECT count(*) FROM statement_file WHERE name = 'cut.csv' AND state = 'cancelled'`)).toBe(1);
  });
});

describe('The reading thread', () => {
  const reading = openStatementReading();
  afterAll(() => reading.close());
  const given = { accountId: 'acc', layouts: [] };
  const heard = async () => undefined;

  it('is no worse for a file whose bytes cannot be had', async () => {
    const lost = async function* (): AsyncGenerator<Uint8Array> {
      yield statementCsv({ lines: linesOf('A') }).subarray(0, 1_000);
      throw new Error('a part is missing');
    };
    await expect(reading.survey(lost, given, heard).catch(String)).resolves.toMatch('a part is missing');
    const survey = await reading.survey(() => pieces(statementCsv({ lines: linesOf('A') })), given, heard);
    expect(survey).toMatchObject({ lineCount, rejectedCount: 0, firstDay: day, lastDay: day });
  });

  it('gives lines only as fast as they are taken', async () => {
    const lines = reading.lines(() => pieces(statementCsv({ lines: linesOf('B') })), given);
    const first = await lines.next();
    expect(first.done).toBe(false);
    const rest: number[] = [];
    for await (const { lines: found } of lines) rest.push(...found.map(({ row }) => row));
    expect((first.value?.lines.length ?? 0) + rest.length).toBe(lineCount);
    expect(rest).toEqual([...rest].sort((a, b) => a - b));
  });
});
