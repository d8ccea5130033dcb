// Letters: each change is told to the contact of the dossier once, whatever crashes and whoever else looks; a mail server in trouble holds up nothing.
import request from 'supertest';
import { queueLetters } from '../../src/actions/queueLetters';
import { sendLetters } from '../../src/actions/sendLetters';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { receiptEvent } from '../../src/domain/receiptRecord';
import { addMs, dayOf, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { memoryNotifier } from '../support/letters';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const start = instantOf(Date.parse('2026-11-21T07:00:00Z'));
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const applicant = { name: 'Nguyễn Thị Hoàng Phương', phone: '0912345678', email: 'phuong@example.vn' };

describe.each(databases)('letters on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  const mail = memoryNotifier();
  beforeAll(async () => {
    now = start;
    service = await openTestService(kind, { replace: { now: () => now, notifier: mail.notifier } });
  });
  afterAll(() => service.end());
  beforeEach(() => Object.assign(mail, { letters: [], answer: { kind: 'accepted' } }));

  const issued = async (changes: object = { applicant }) =>
    (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;
  const queue = async (): Promise<void> => {
    while ((await queueLetters(service.ctx)) > 0);
  };
  const send = async (): Promise<void> => {
    while ((await sendLetters(service.ctx)) > 0);
  };
  const told = async (): Promise<string[]> => {
    await queue();
    await send();
    return mail.letters.splice(0).map(({ subject }) => subject.replace(/^.*?: /, ''));
  };
  const lettersOf = (obligationId: string) => service.ctx.store.tables.letters.ofObligation(obligationId);

  it('tell of what is to be paid, with the link, and name nobody', async () => {
    const { dossier, id } = await issued();
    await queue();
    await send();
    const [letter] = mail.letters;
    expect(mail.letters).toHaveLength(1);
    expect(letter).toMatchObject({ recipient: applicant.email, subject: `Hồ sơ ${dossier.code}: phải nộp 21.000 ₫` });
    const link = (await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body.url;
    expect(letter?.text).toContain(link);
    for (const personal of [applicant.name, 'Phương', applicant.phone, applicant.email]) expect(letter?.text).not.toContain(personal);
  });

  it('tell of a part, of the rest, of too much, and of a cancelled one', async () => {
    const { reference } = await issued();
    await tell(service, { content: reference, amount: 1_000 }).expect(200);
    await tell(service, { content: reference, amount: 20_000 }).expect(200);
    await tell(service, { content: reference, amount: 5_000 }).expect(200);
    expect(await told()).toEqual(['phải nộp 21.000 ₫', 'còn phải nộp 20.000 ₫', 'đã nộp đủ', 'nộp thừa 5.000 ₫']);
    const cancelled = await issued();
    await service.call('post', `/api/obligations/${cancelled.id}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1').expect(200);
    expect(await told()).toEqual(['phải nộp 21.000 ₫', 'khoản phải nộp đã hủy']);
  });

  it('tell in one letter that all was paid, that money was late and counts, and where the receipt is', async () => {
    const { id, reference } = await issued();
    await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'vietqr' }).expect(201);
    now = addMs(now, 20 * minuteMs);
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await queue();
    await send();
    const letter = mail.letters.find(({ subject }) => subject.endsWith('đã nộp đủ'));
    expect(
      mail.letters
        .splice(0)
        .map(({ subject }) => subject.replace(/^.*?: /, ''))
        .sort(),
    ).toEqual(['phải nộp 21.000 ₫', 'đã nộp đủ']);
    expect(letter?.text).toContain('Tiền về sau khi mã QR hết hạn và vẫn được ghi nhận đủ.');
    const address = new URL(/See: (\S+)/.exec(letter?.text ?? '')?.[1] ?? '');
    expect(address.hash).toBe('#receipts');
    const page = await request(service.server).get(address.pathname).set('accept', 'text/html').expect(200);
    expect(page.text).toMatch(/id="receipts".*Biên lai/s);
  });

  it('tell of a receipt only when it replaces another, with the address of the new one', async () => {
    const { id, reference } = await issued();
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await issueReceipts(service.ctx);
    expect(await told()).toEqual(['phải nộp 21.000 ₫', 'đã nộp đủ']);
    const [first] = await service.ctx.store.tables.receipts.ofObligations([id]);
    if (!first) throw new Error('no receipt');
    const replacing = { ...first.content, number: 999_999, replaces: { ...first.content, issuedOn: dayOf(now), reason: 'Sai tên' } };
    await service.ctx.store.transact((tables) =>
      tables.events.append([receiptEvent({ ...first, content: { ...replacing, issuedAt: now } })]),
    );
    await queue();
    await send();
    expect(mail.letters[0]?.text).toContain(`/receipt/${first.content.lookupCode}`);
    expect(mail.letters.map(({ subject }) => subject)).toEqual([expect.stringContaining('biên lai thay thế')]);
  });

  it('go to nobody where there is no contact', async () => {
    const { id } = await issued({ applicant: { name: applicant.name } });
    expect(await told()).toEqual([]);
    expect(await lettersOf(id)).toEqual([]);
  });

  it('go to the address that was given last', async () => {
    const { id, dossier } = await issued({ applicant: { ...applicant, email: 'go-nham@example.vn' } });
    await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1').expect(200);
    expect((await issued({ code: dossier.code, applicant })).dossier.applicant).toEqual(applicant);
    await queue();
    await send();
    expect(mail.letters.map(({ recipient }) => recipient)).toEqual([applicant.email, applicant.email, applicant.email]);
  });

  it('cannot be asked for at what is no address', async () => {
    for (const email of [
      'phuong',
      'a b@example.vn',
      'a@example.vn,b@example.vn',
      'a@example.vn\nBcc: b@example.vn',
      `${'a'.repeat(250)}@b.vn`,
    ]) {
      const { body } = await service.call('post', '/api/obligations', certifiedCopy({ applicant: { ...applicant, email } })).expect(400);
      expect(body.errors).toEqual([{ path: 'dossier.applicant.email', message: 'not an address such as an@example.vn' }]);
    }
  });

  it('are written once for each event, when several look at the feed at once', async () => {
    const { id } = await issued();
    await Promise.all([1, 2, 3, 4].map(() => queueLetters(service.ctx).catch(() => 0)));
    await queue();
    expect(await lettersOf(id)).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  it('are written once for each event after a crash in the middle of the commit', async () => {
    await queue();
    const { id } = await issued();
    const crashing = {
      ...service.ctx,
      store: {
        ...service.ctx.store,
        transact: <T>(work: (tables: never) => Promise<T>): Promise<T> =>
          service.ctx.store.transact(async (tables) => {
            await work(tables as never);
            throw new Error('the power went');
          }),
      },
    };
    await expect(queueLetters(crashing as never)).rejects.toThrow('the power went');
    expect(await lettersOf(id)).toEqual([]);
    await queue();
    expect(await lettersOf(id)).toHaveLength(1);
    await told();
  });

  it('keep nothing readable, and nothing at all once they are sent', async () => {
    const { id, dossier } = await issued();
    await queue();
    const [waiting] = await lettersOf(id);
    expect(waiting?.state).toBe('waiting');
    expect(waiting?.sealed).toEqual(expect.any(String));
    expect(Buffer.from(waiting?.sealed ?? '', 'base64').toString()).not.toContain(dossier.code);
    await send();
    expect((await lettersOf(id))[0]).toMatchObject({ state: 'sent' });
    expect((await lettersOf(id))[0]?.sealed).toBeUndefined();
  });

  it('are tried less and less often while the mail server is away, and given up after a day; operators see it', async () => {
    const health = async () => (await service.call('get', '/health', undefined, 'demo-api-key-quantri')).body.letters;
    const { id } = await issued();
    mail.answer = { kind: 'failed', why: 'SMTP ECONNREFUSED' };
    await queue();
    let tries = 0;
    for (let minute = 0; minute < 60; minute++) {
      const before = (await lettersOf(id))[0]?.attempts ?? 0;
      await send();
      tries += ((await lettersOf(id))[0]?.attempts ?? 0) - before;
      now = addMs(now, minuteMs);
    }
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(10);
    expect(await health()).toMatchObject({ waiting: 1, waitingSince: expect.any(String) });
    now = addMs(now, dayMs);
    await send();
    expect((await lettersOf(id))[0]).toMatchObject({ state: 'given_up' });
    expect((await lettersOf(id))[0]?.sealed).toBeUndefined();
    expect(await health()).toMatchObject({ waiting: 0, givenUp: 1 });
  });

  it('are sent when the mail server is back, and none is sent twice', async () => {
    await issued();
    mail.answer = { kind: 'failed', why: 'SMTP ETIMEDOUT' };
    await queue();
    await send();
    mail.answer = { kind: 'accepted' };
    now = addMs(now, minuteMs);
    await send();
    now = addMs(now, dayMs / 2);
    await send();
    expect(mail.letters).toHaveLength(1);
  });

  it('do not wait for one whose recipient the server does not take', async () => {
    const [refused, fine] = [await issued(), await issued({ applicant: { ...applicant, email: 'khac@example.vn' } })];
    const { send: deliver } = mail.notifier;
    mail.notifier.send = async (letter) =>
      letter.recipient === applicant.email ? { kind: 'refused', why: 'SMTP 550 at RCPT TO' } : deliver(letter);
    await queue();
    await send();
    mail.notifier.send = deliver;
    expect([(await lettersOf(refused.id))[0]?.state, (await lettersOf(fine.id))[0]?.state]).toEqual(['given_up', 'sent']);
  });

  it('do not tell of what happened longer than a day ago', async () => {
    const { id } = await issued();
    now = addMs(now, dayMs + minuteMs);
    await queue();
    expect(await lettersOf(id)).toEqual([]);
  });

  it('never hold money up: it is booked while no letter can be sent', async () => {
    const { id, reference } = await issued();
    mail.answer = { kind: 'failed', why: 'SMTP ECONNREFUSED' };
    await queue();
    await Promise.all([send(), tell(service, { content: reference, amount: 21_000 }).expect(200)]);
    expect((await service.call('get', `/api/obligations/${id}`)).body.status).toBe('paid');
  });
});
