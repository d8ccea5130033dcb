// The numbers of receipts: whoever issues them, and however many at once, none is missing and none is given twice; a new year begins at 1.
import { issueReceipts } from '../../src/actions/issueReceipts';
import type { Instant } from '../../src/domain/time';
import { openLog } from '../../src/log';
import { assemble } from '../../src/serve';
import { rowsOf } from '../support/books';
import { sharedCertificate } from '../support/certificate';
import { databases, openTestService } from '../support/office';
import { settleMany } from '../support/settled';

const obligations = 5_000;
const agencyCodes = ['H26.101', 'H26.90', 'H26.10.01'];
/** The last millisecond of 2026 and the first of 2027, in Vietnam. */
const [oldYear, newYear] = ['2026-12-31T16:59:59.999Z', '2026-12-31T17:00:00.000Z'] as [Instant, Instant];

describe.each(databases)('ten thousand receipts on %s', (kind) => {
  it('issued by twenty at once from two offices, across midnight of a new year: no gap, no double, each in the series of its year', async () => {
    let asked = 0;
    let midnight = Infinity;
    const clock = { now: (): Instant => (asked++ < midnight ? oldYear : newYear), makeDemoCertificate: sharedCertificate };
    const service = await openTestService(kind, { replace: clock });
    const { databaseUrl } = service.config;
    const others = await Promise.all([1].map(() => assemble(service.config, openLog('silent'), clock)));
    await settleMany(databaseUrl, obligations, agencyCodes);
    midnight = asked + obligations; // in the middle of the work: each id asks too
    const offices = [service, ...others];
    const issueAll = async (place: number): Promise<void> => {
      const office = offices[place % offices.length] ?? service;
      while ((await issueReceipts(office.ctx)) > 0);
    };
    await Promise.all(Array.from({ length: 20 }, (_, place) => issueAll(place)));

    const read = async (text: string) => (await rowsOf(databaseUrl, text)).map((row) => Object.values(row).map(String).join(' '));
    expect(await read('SELECT count(*) AS receipts, count(DISTINCT obligation_id) AS obligations FROM receipt')).toEqual([
      `${2 * obligations} ${obligations}`,
    ]);
    expect(await read('SELECT obligation_id FROM receipt GROUP BY obligation_id, kind HAVING count(*) <> 1')).toEqual([]);
    // Each range is used from its first number without a gap, and ranges lie side by side from 1 on.
    expect(
      await read(
        `SELECT g.symbol, g.first_number FROM receipt_range g WHERE g.used_to - g.first_number + 1 <>
           (SELECT count(*) FROM receipt r WHERE r.symbol = g.symbol AND r.number BETWEEN g.first_number AND g.used_to AND r.agency_code = g.agency_code)`,
      ),
    ).toEqual([]);
    expect(await read(`SELECT count(*) FROM receipt_range`)).not.toEqual(['0']);
    expect(
      await read(
        `SELECT symbol FROM receipt_range GROUP BY symbol HAVING min(first_number) <> 1 OR sum(last_number - first_number + 1) <> max(last_number)`,
      ),
    ).toEqual([]);
    expect(await read(`SELECT sum(used_to - first_number + 1) FROM receipt_range`)).toEqual([String(2 * obligations)]);
    // An agency opens a new range only when the one before is used up.
    expect(
      await read(
        `SELECT symbol, agency_code FROM receipt_range WHERE used_to < last_number GROUP BY symbol, agency_code HAVING count(*) > 1`,
      ),
    ).toEqual([]);
    const series = await read('SELECT symbol, year, kind, place FROM receipt_series ORDER BY year, place');
    expect(series.map((row) => row.replace(/(le_)?phi/, 'kind')).sort()).toEqual([
      '26TAA 2026 kind 1',
      '26TAB 2026 kind 2',
      '27TAA 2027 kind 1',
      '27TAB 2027 kind 2',
    ]);
    expect(await read(`SELECT DISTINCT substr(symbol, 1, 2) || ' ' || day FROM receipt ORDER BY 1`)).toEqual([
      '26 2026-12-31',
      '27 2027-01-01',
    ]);
    expect(await read(`SELECT r.symbol FROM receipt r JOIN receipt_series s ON s.symbol = r.symbol WHERE r.kind <> s.kind`)).toEqual([]);
    expect(await read(`SELECT count(*) FROM event WHERE type = 'receipt.issued'`)).toEqual([String(2 * obligations)]);
    await Promise.all(others.map((other) => other.stop()));
    await service.end();
  }, 60_000);
});
