// One message among a hundred that cannot be booked: it is kept for later, and the ninety-nine others are booked at once.
import Database from 'better-sqlite3';
import { sweepDeliveries } from '../../src/actions/sweepDeliveries';
import { tell } from '../support/bank';
import { numberOf } from '../support/books';
import { amountOfEach } from '../support/manyObligations';
import { databases, openTestService, type TestService } from '../support/office';
import { withClient } from '../support/postgresServer';
import { faultsIn } from './afterwards';
import { openObligations } from './openObligations';

const told = 100;
const poisoned = 37;
const poison = 13_013;

/** As if the database met a fault of ours in the middle of booking, and with this one message only. */
const faults = {
  SQLite: {
    come: `CREATE TRIGGER fault BEFORE INSERT ON posting WHEN NEW.amount = ${poison} BEGIN SELECT RAISE(ABORT, 'meant'); END`,
    go: 'DROP TRIGGER fault',
  },
  PostgreSQL: {
    come: `CREATE TRIGGER fault BEFORE INSERT ON posting FOR EACH ROW WHEN (NEW.amount = ${poison}) EXECUTE FUNCTION refuse_change('meant')`,
    go: 'DROP TRIGGER fault ON posting',
  },
};

describe.each(databases)('a message that cannot be booked, on %s', (kind) => {
  let service: TestService;
  let url: string;
  let references: string[];
  beforeAll(async () => {
    service = await openTestService(kind);
    url = service.config.databaseUrl;
    references = await openObligations(url, 1, told);
  });
  afterAll(() => service.end());

  const count = (text: string) => numberOf(url, `SELECT count(*) FROM ${text}`);

  it('is acknowledged and kept, spoils none of the ninety-nine that came with it, and is booked once the fault is gone', async () => {
    await execute(url, faults[kind].come);
    const answers = await Promise.all(
      references.map((reference, place) =>
        tell(service, { content: `ND ${reference}`, amount: place === poisoned ? poison : amountOfEach }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(told);
    expect([await count(`delivery WHERE state = 'applied'`), await count(`delivery WHERE state = 'failed'`)]).toEqual([told - 1, 1]);
    expect([await count('obligation WHERE paid = due'), await count('obligation WHERE paid > 0')]).toEqual([told - 1, told - 1]);
    expect(await faultsIn(url)).toEqual(['every webhook has its transaction', 'every delivery is applied']);

    expect(await sweepDeliveries(service.ctx)).toBe(0);
    await execute(url, faults[kind].go);
    expect(await sweepDeliveries(service.ctx)).toBe(1);
    expect([await count('obligation WHERE paid > 0'), await faultsIn(url)]).toEqual([told, []]);
  });
});

async function execute(url: string, text: string): Promise<void> {
  if (!url.startsWith('file:')) return void (await withClient(url, (client) => client.query(text)));
  const database = new Database(url.slice('file:'.length));
  database.exec(text);
  database.close();
}
