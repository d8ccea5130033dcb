// Statements that overlap: whatever a bank lists twice is there once, and whatever is legitimately there twice stays there twice.
import request from 'supertest';
import { keepDeliveries, type Arrival } from '../../src/actions/keepDeliveries';
import { providerNamed } from '../../webhooks';
import type { Provider } from '../../webhooks/provider';
import { tell } from '../support/bank';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { importedFrom, type ListedLine } from '../support/statementFiles';

const day = '2026-11-19';
let sequence = 0;
/** A reference that no other test uses. */
const reference = (): string => `FT26323${String(++sequence).padStart(5, '0')}`;
/** An amount that no other test uses, so that nothing of one test is taken for something of another. */
const amount = (): number => 100_000 + ++sequence * 1_000;
const credit = (given: Partial<ListedLine> = {}): ListedLine => ({
  day,
  reference: reference(),
  credit: amount(),
  content: 'chuyen tien',
  ...given,
});

describe.each(databases)('An import of overlapping statements on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  const count = (text: string) => numberOf(service.config.databaseUrl, text);
  const transactions = () => count('SELECT count(*) FROM incoming_transaction');
  const lines = () => count('SELECT count(*) FROM statement_line');
  const linkedTo = async (content: string) =>
    (await rowsOf(service.config.databaseUrl, `SELECT transaction_id FROM statement_line WHERE content = '${content}' ORDER BY id`)).map(
      (row) => row['transaction_id'],
    );
  const send = (given: readonly ListedLine[], more: object = {}) => importedFrom(service, { lines: given, ...more });
  const issue = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;

  it('merges two lists of one day that overlap, and then the final one', async () => {
    const [a, b, c, d] = [credit(), credit(), credit(), credit()];
    const before = await lines();
    expect(await send([a, b])).toMatchObject({ newTransactions: 2 });
    expect(await send([b, c])).toMatchObject({ lines: 2, alreadyKnown: 1, newTransactions: 1 });
    expect(await send([a, b, c, d])).toMatchObject({ lines: 4, alreadyKnown: 3, newTransactions: 1 });
    expect(await lines()).toBe(before + 4);
  });

  it('is marked as of a day that still goes on, or as final', async () => {
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    expect(await send([credit({ day: today })])).toMatchObject({ final: false });
    expect(await send([credit()])).toMatchObject({ final: true, firstDay: day, lastDay: day });
  });

  it('keeps identical legitimate rows of one file, and knows as many of them again', async () => {
    const twin = credit({ content: 'hai lan giong het' });
    const before = await lines();
    expect(await send([twin, twin])).toMatchObject({ lines: 2, newTransactions: 2 });
    expect(await send([twin, twin])).toMatchObject({ alreadyKnown: 2, newTransactions: 0 });
    expect(await send([twin, twin, twin])).toMatchObject({ alreadyKnown: 2, newTransactions: 1 });
    expect(await lines()).toBe(before + 3);
  });

  it('keeps identical rows without any reference, told apart by their balance where there is one', async () => {
    const bare: ListedLine = { day, credit: amount(), content: 'le phi tai quay' };
    expect(await send([bare, bare])).toMatchObject({ newTransactions: 2 });
    expect(await send([bare])).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
    const at = (balance: number): ListedLine => ({ ...bare, content: 'le phi khac', balance });
    expect(await send([at(1_000_000)])).toMatchObject({ newTransactions: 1 });
    expect(await send([at(2_000_000)])).toMatchObject({ newTransactions: 1 });
  });

  it('keeps every row of a bank that writes one reference for all of them, in whichever order files list them', async () => {
    const sum = amount();
    const [a, b] = ['an nop', 'binh nop'].map((content) =>
      credit({ reference: 'SAME000', credit: sum, content: `${content} ${sequence}` }),
    );
    const before = await lines();
    await send([a, credit({ reference: 'SAME000' })] as ListedLine[]);
    expect(await send([b, a] as ListedLine[])).toMatchObject({ alreadyKnown: 1, newTransactions: 1 });
    expect(await send([a, b] as ListedLine[])).toMatchObject({ alreadyKnown: 2, newTransactions: 0 });
    expect(await lines()).toBe(before + 3);
    for (const { content } of [a, b] as ListedLine[]) expect(await linkedTo(content)).toHaveLength(1);
  });

  it('keeps rows that share an id with a row of another amount, and an id that starts again in another year', async () => {
    const shared = reference();
    expect(await send([credit({ reference: shared }), credit({ reference: shared })])).toMatchObject({ newTransactions: 2 });
    const yearly = credit({ reference: '000017' });
    expect(await send([yearly])).toMatchObject({ newTransactions: 1 });
    expect(await send([{ ...yearly, day: '2025-11-19' }])).toMatchObject({ newTransactions: 1 });
  });

  it('counts once what one file lists twice to its balance, and says so', async () => {
    const { id, reference: code } = await issue();
    const [one, next] = [credit({ credit: 21_000, content: code, balance: 1_021_000 }), credit({ credit: 5_000, balance: 1_026_000 })];
    const answer = await send([one, next, one]);
    expect(answer).toMatchObject({ newTransactions: 2, rejected: [{ row: 6, why: 'row_repeated', cell: one.reference }] });
    const obligation = (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
    expect(obligation).toMatchObject({ status: 'paid', amounts: { over: 0 } });
    expect(await send([one, next, one])).toMatchObject({ alreadyKnown: 2, newTransactions: 0, rejected: [{ row: 6 }] });
  });

  it('takes a line for what was told on the day before only where that was at night, or names the same number', async () => {
    const [noon, named] = [amount(), amount()];
    const told = (id: number, sum: number) =>
      tell(service, { id, content: 'nop le phi', amount: sum, time: '2026-11-18 10:00:00' }).expect(200);
    await told(7201, noon);
    await told(7202, named);
    const answer = await send([
      credit({ credit: noon, content: 'nop le phi' }),
      credit({ credit: named, content: 'nop le phi', reference: 'FT7202' }),
    ]);
    expect(answer).toMatchObject({ alreadyKnown: 1, newTransactions: 0, held: 1 });
  });

  it('links a row that the bank has renumbered, and overwrites nothing', async () => {
    const old = credit({ balance: 5_000_000 + ++sequence, content: 'doi so but toan' });
    await send([old]);
    const renumbered = { ...old, reference: reference() };
    expect(await send([renumbered])).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
    expect(await send([renumbered])).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
    const kept = await rowsOf(
      service.config.databaseUrl,
      `SELECT l.bank_reference, s.bank_reference AS later FROM statement_line l JOIN statement_sighting s ON s.line_id = l.id WHERE l.content = 'doi so but toan' ORDER BY s.file_id`,
    );
    expect(kept).toMatchObject([
      { bank_reference: old.reference, later: renumbered.reference },
      { bank_reference: old.reference, later: renumbered.reference },
    ]);
  });

  it('knows a renumbered row again when a row before it was added since, which moves its balance', async () => {
    const balance = 7_000_000 + ++sequence;
    const old = credit({ balance, content: 'doi so, roi chen dong' });
    await send([old]);
    const renumbered = { ...old, reference: reference() };
    expect(await send([renumbered])).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
    const added = credit({ balance: balance + 100, content: 'chen truoc' });
    const moved = { ...renumbered, balance: balance + 100_000 };
    expect(await send([added, moved])).toMatchObject({ alreadyKnown: 1, newTransactions: 1 });
    expect(await send([added, moved])).toMatchObject({ alreadyKnown: 2, newTransactions: 0 });
    expect(await linkedTo('doi so, roi chen dong')).toHaveLength(1);
  });

  it('knows a row again whose words the bank wrote anew, by the payment reference in both, though its balance has moved', async () => {
    const { reference: code } = await issue();
    const first = credit({ balance: 8_000_000, content: `TU ${code}` });
    await send([first]);
    const anew = { ...first, balance: 8_100_000, content: `${code} nop phi` };
    expect(await send([anew])).toMatchObject({ alreadyKnown: 1, newTransactions: 0 });
    const apart = { ...anew, reference: reference() };
    expect(await send([anew, apart])).toMatchObject({ alreadyKnown: 1, newTransactions: 1 });
  });

  describe('with a row that the bank has put in other words altogether', () => {
    const decide = (id: number, act: string, body: object) =>
      service.call('post', `/api/statement-lines/${id}/${act}`, body, 'demo-api-key-ketoan');
    const heldIn = async (id: string) =>
      (await service.call('get', `/api/statements/${id}`, undefined, 'demo-api-key-ketoan').expect(200)).body.heldLines;

    it('holds it for a person, and counts it once when it is the old one', async () => {
      const [stays, old] = [credit(), credit({ content: 'ghi lan dau', balance: 9_000_000 })];
      await send([stays, old]);
      const anew = { ...old, reference: reference(), content: 'viet lai het', balance: 9_500_000 };
      const before = await transactions();
      const answer = await send([stays, anew]);
      expect(answer).toMatchObject({ alreadyKnown: 1, newTransactions: 0, held: 1 });
      const [held] = await heldIn(answer.id);
      expect(held.candidates).toMatchObject([{ content: 'ghi lan dau', bankReference: old.reference }]);
      const same = { action: 'same', transactionId: held.candidates[0].transactionId, reason: 'ngân hàng ghi lại' };
      await decide(held.id, 'decide', same).expect(200);
      expect(await heldIn(answer.id)).toEqual([]);
      expect(await transactions()).toBe(before);
      expect(await send([stays, anew])).toMatchObject({ alreadyKnown: 2, held: 0 });
      await decide(held.id, 'decide', { action: 'new', reason: 'nhầm' }).expect(409);
      await decide(held.id, 'undo', { reason: 'xem lại' }).expect(200);
      await decide(held.id, 'decide', { action: 'new', reason: 'đã hỏi ngân hàng' }).expect(200);
      expect(await transactions()).toBe(before + 1);
    });

    it('books it where the file lists the old one as well, or is not of the whole day', async () => {
      const [stays, old] = [credit(), credit({ content: 'van con do' })];
      await send([stays, old]);
      const like = { ...old, reference: reference(), content: 'mot khoan khac' };
      expect(await send([stays, old, like])).toMatchObject({ alreadyKnown: 2, newTransactions: 1, held: 0 });
      const afternoon = { ...old, reference: reference(), content: 'buoi chieu' };
      expect(await send([afternoon])).toMatchObject({ newTransactions: 1, held: 0 });
    });
  });

  describe('before a webhook of the same money', () => {
    const told = (id: number, content: string, sum: number, time = `${day} 10:00:00`) =>
      tell(service, { id, content, amount: sum, time }).expect(200);
    const paid = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;

    it('takes the late webhook for what it is, though the bank gave it another reference', async () => {
      const { id, reference: code } = await issue();
      await send([credit({ credit: 21_000, content: `IBFT ${code} NGUYEN VAN A` })]);
      const before = await transactions();
      await told(7101, `${code} nop phi`, 21_000);
      await told(7101, `${code} nop phi`, 21_000);
      expect(await transactions()).toBe(before);
      expect(await paid(id)).toMatchObject({ status: 'paid', amounts: { paid: 21_000 } });
      await told(7102, `${code} nop phi`, 21_000);
      expect(await transactions()).toBe(before + 1);
    });

    it('counts twins of one reference, of which the statement had listed one under another, each once', async () => {
      const twins = credit({ content: 'ba lan giong het nhau' });
      await send([twins]);
      const before = await transactions();
      const told = (ids: readonly number[]) =>
        request(service.server)
          .post('/webhooks/casso')
          .set('content-type', 'application/json')
          .set('secure-token', 'demo-secret-casso')
          .send(JSON.stringify({ error: 0, data: ids.map((id) => ({ ...element, id })) }))
          .expect(200);
      const words = { tid: 'SAME7700', description: twins.content, amount: twins.credit, cusum_balance: 0 };
      const element = { ...words, when: `${day} 10:00:00`, bank_sub_acc_id: '1026101000' };
      await told([7711, 7712]);
      await told([7713]);
      expect(await transactions()).toBe(before + 2);
    });

    it('takes the late webhooks of two feeds, told in one moment, for the one transfer that the statement lists', async () => {
      const listed = credit({ content: 'hai nguon cung bao mot luc' });
      await send([listed]);
      const before = await transactions();
      const words = { tid: 'SAME7720', description: listed.content, amount: listed.credit, cusum_balance: 0 };
      const casso = { id: 7720, ...words, when: `${day} 10:00:00`, bank_sub_acc_id: '1026101000' };
      const hub = { transaction_id: 'hub-7720', gateway: 'Vietcombank', transaction_date: `${day} 10:00:00`, account_number: '1026101000' };
      const told = { content: listed.content, transfer_type: 'credit', amount: listed.credit, accumulated: 0, reference_code: 'SAME7720' };
      const arrival = (name: string, body: object): Arrival => ({
        provider: providerNamed(name) as Provider,
        owner: 'default',
        accountsWithOwnSecret: new Set(),
        via: 'push',
        request: { method: 'POST', path: `/webhooks/${name}`, query: '', headers: {}, body: Buffer.from(JSON.stringify(body)) },
      });
      const both = [arrival('casso', { error: 0, data: [casso] }), arrival('sepay', { ...hub, ...told })];
      expect(await keepDeliveries(service.ctx, () => both)).toEqual(['already_kept', 'already_kept']);
      expect(await transactions()).toBe(before);
      expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    });

    it('knows it on the next day too, where the bank booked late, and by its whole words', async () => {
      const late = credit({ day: '2026-11-20', content: 'chuyen khoan luc dem khuya' });
      await send([late]);
      const before = await transactions();
      await told(7103, 'Chuyen khoan luc dem khuya', late.credit ?? 0, `${day} 23:10:00`);
      expect(await transactions()).toBe(before);
    });

    it('never takes for it what names another payment, or was paid after the file was sent', async () => {
      const [one, other] = [await issue(), await issue()];
      await send([credit({ credit: 21_000, content: one.reference })]);
      await told(7104, other.reference, 21_000);
      expect((await paid(other.id)).status).toBe('paid');
      const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
      const noon = credit({ day: today, content: 'nop phi buoi trua' });
      await send([noon]);
      const before = await transactions();
      await told(7105, 'nop phi buoi trua', noon.credit ?? 0, `${today} 23:59:59`);
      expect(await transactions()).toBe(before + 1);
    });
  });

  it('keeps two rows that are alike but for their references when one file lists both', async () => {
    const old = credit({ balance: 6_000_000 + ++sequence, content: 'khong phai doi so' });
    await send([old]);
    expect(await send([{ ...old, reference: reference() }, old])).toMatchObject({ alreadyKnown: 1, newTransactions: 1 });
  });

  it('keeps equal lines of another account apart', async () => {
    const line = credit();
    await send([line]);
    const other = await importedFrom(service, { account: '110000260001', lines: [line] }, 'acc-h26');
    expect(other).toMatchObject({ alreadyKnown: 0, newTransactions: 1 });
  });

  it('makes two transactions of twins of which a webhook told one, and one of the second webhook', async () => {
    const { reference: code } = await issue();
    const twin = credit({ reference: 'FT7020', credit: 21_000, content: code });
    await tell(service, { id: 7020, content: code, amount: 21_000, time: `${day} 10:00:00` }).expect(200);
    const before = await transactions();
    expect(await send([twin, twin])).toMatchObject({ alreadyKnown: 1, newTransactions: 1 });
    expect(await transactions()).toBe(before + 1);
  });
});
