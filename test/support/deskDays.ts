// A finance desk for tests: a service with a clock of its own, days on which payments come, and the bank's list of each.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { addDays, addMs, startOfDay, type Day, type Instant } from '../../src/domain/time';
import { tell } from './bank';
import { keepBankList, type BankLine, type BankList } from './bankDay';
import { rowsOf } from './books';
import { certifiedCopy, openTestService, type DatabaseKind, type TestService } from './office';

export const accountId = 'acc-h26-101';
export const finance = 'demo-api-key-ketoan';
/** What each obligation owes. */
export const owed = 21_000;
export const hourMs = 3_600_000;

export interface Payment {
  id: string;
  reference: string;
  transactionId: string;
  bankReference: string;
  dossierCode: string;
}

export interface Transfer {
  amount?: number;
  time?: string;
  content?: string;
}

/** Opens it before the tests of the caller and ends it after them; each test has days of its own, from nine in the morning. */
export function deskOn(kind: DatabaseKind, firstDay: string) {
  let service: TestService;
  let day = firstDay as Day;
  let now: Instant = startOfDay(day);
  let told = 41_000_000;

  beforeAll(async () => {
    service = await openTestService(kind, { replace: { now: () => now } });
  });
  beforeEach(() => {
    day = addDays(day, 3);
    now = addMs(startOfDay(day), 9 * hourMs);
  });
  afterAll(() => service.end());

  const url = () => service.config.databaseUrl;
  const send = (path: string, body: object, key?: string) => service.call('post', path, body, key);
  const read = async (path: string, key = finance) => (await service.call('get', path, undefined, key).expect(200)).body;
  const followReceipts = async () => {
    while ((await issueReceipts(service.ctx)) > 0);
  };
  const issued = async () => (await send('/api/obligations', certifiedCopy()).expect(201)).body;

  /** The bank's reference of a transfer that was just told. */
  async function transfer({ amount = owed, time = '10:15:00', content = 'nop phi' }: Transfer, type: 'in' | 'out' = 'in'): Promise<string> {
    const id = ++told;
    await tell(service, { id, content, amount, time: `${day} ${time}`, transferType: type }).expect(200);
    return `FT${id}`;
  }
  const found = async (bankReference: string): Promise<string> => {
    const [row] = await rowsOf(url(), `SELECT id FROM incoming_transaction WHERE bank_reference = '${bankReference}'`);
    return String(row?.['id']);
  };
  /** An obligation and the transfer for it; `isOffered`: by a code that the service made. */
  async function paid({ isReceipted = true, isOffered = false, ...given }: Transfer & { isReceipted?: boolean; isOffered?: boolean } = {}) {
    const { id, reference, dossier } = await issued();
    if (isOffered) await send(`/api/obligations/${id}/payment-requests`, { method: 'vietqr', counterId: 'quay-1' }).expect(201);
    const bankReference = await transfer({ content: reference, ...given });
    if (isReceipted) await followReceipts();
    const payment: Payment = { id, reference, bankReference, transactionId: await found(bankReference), dossierCode: dossier.code };
    return payment;
  }
  const lineOf = (payment: Pick<Payment, 'transactionId' | 'bankReference'>, changes: Partial<BankLine> = {}): BankLine => {
    const { transactionId, bankReference } = payment;
    return { day, amount: owed, transactionId, bankReference, ...changes };
  };
  const list = (lines: readonly BankLine[], changes: Partial<BankList> = {}) =>
    keepBankList(url(), { accountId, from: day, lines, ...changes });

  const reconciled = (on: Day = day) => read(`/api/reconciliations/${accountId}/${on}`);
  /** What was found: class, subject, amount, and whether it keeps the day from being closed. */
  async function differences(on: Day = day) {
    const { differences: rows } = await reconciled(on);
    return rows.map((row: { class: string; subject: { kind: string; id: string }; amount: number; isBlocking: boolean }) => [
      row.class,
      row.subject.kind,
      row.subject.id,
      row.amount,
      row.isBlocking,
    ]);
  }

  return {
    get day() {
      return day;
    },
    get nextDay() {
      return addDays(day, 1);
    },
    get now() {
      return now;
    },
    get service() {
      return service;
    },
    url,
    send,
    read,
    issued,
    followReceipts,
    transfer,
    found,
    paid,
    lineOf,
    list,
    reconciled,
    differences,
    wait: (ms: number) => void (now = addMs(now, ms)),
    toNextMorning: () => void (now = addMs(startOfDay(addDays(day, 1)), 9 * hourMs)),
  };
}
