// Letters to a real SMTP server on this machine: received whole, refused, deferred, and a server that hangs or is away.
import { createServer, type Server, type AddressInfo, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { queueLetters } from '../../src/actions/queueLetters';
import { sendLetters } from '../../src/actions/sendLetters';
import { readConfig } from '../../src/config';
import { smtpNotifier } from '../../src/outbound/smtp';
import type { LetterAnswer } from '../../src/outbound/outbound';
import { certifiedCopy, openTestService } from '../support/office';

const letter = {
  id: 'event-7-1763700000000',
  recipient: 'phuong@example.vn',
  subject: 'Hồ sơ 000.00.18.H26-261122-0001: đã nộp đủ',
  text: 'Đã nhận đủ 21.000 ₫.\n.\nXem tại: http://localhost:3000/pay/NP7K2MQX9P-abc\n',
};
const quick = { stepMs: 300, letterMs: 1_000 };

interface Received {
  from: string;
  to: string[];
  raw: string;
}

describe('letters by SMTP', () => {
  const received: Received[] = [];
  const open: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ close }) => close()));
    received.length = 0;
  });

  async function mailServer(options: SMTPServerOptions = {}): Promise<number> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const raw = Buffer.concat(parts).toString();
          received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), raw });
          done();
        });
      },
      ...options,
    });
    server.on('error', () => undefined); // a client that gives up is no fault of the test
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    return (server.server.address() as AddressInfo).port;
  }

  async function rawServer(talk: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      talk(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({
      close: () => {
        sockets.forEach((socket) => socket.destroy());
        return new Promise((resolve) => server.close(() => resolve()));
      },
    });
    return (server.address() as AddressInfo).port;
  }

  const send = (port: number, auth = ''): Promise<LetterAnswer> =>
    smtpNotifier({ url: `smtp://${auth}127.0.0.1:${port}`, from: 'Thu phí <thuphi@example.gov.vn>' }, quick).send(letter);

  it('arrive whole, with the sender, one recipient, and one name however often they are sent', async () => {
    const port = await mailServer();
    expect([await send(port), await send(port)]).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
    expect(received.map(({ from, to }) => [from, to])).toEqual([
      ['thuphi@example.gov.vn', [letter.recipient]],
      ['thuphi@example.gov.vn', [letter.recipient]],
    ]);
    const [first = '', second = ''] = received.map(({ raw }) => raw);
    for (const raw of [first, second]) expect(raw).toMatch(/^Message-ID: <event-7-1763700000000@example\.gov\.vn>\r$/m);
    expect(first).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    const [head = '', body = ''] = first.split('\r\n\r\n');
    const text = /base64/i.test(head) ? Buffer.from(body, 'base64').toString() : quotedPrintable(body);
    expect(text.replaceAll('\r\n', '\n').trim()).toBe(letter.text.trim());
  });

  it('are sent under a name and password', async () => {
    const asked: unknown[] = [];
    const port = await mailServer({
      authOptional: false,
      onAuth: ({ username, password }, _, done) => {
        asked.push([username, password]);
        if (password === 'dung') done(null, { user: username });
        else done(new Error('Invalid login of phuong@example.vn'));
      },
    });
    expect(await send(port, 'thuphi:dung@')).toEqual({ kind: 'accepted' });
    const refused = await send(port, 'thuphi:sai@');
    expect(refused).toEqual({ kind: 'failed', why: expect.stringMatching(/^SMTP 535 at AUTH/) }); // ours to mend, not the letter's fault
    expect(asked).toEqual([
      ['thuphi', 'dung'],
      ['thuphi', 'sai'],
    ]);
  });

  it.each([
    [550, 'refused'],
    [450, 'deferred'],
    [452, 'deferred'],
  ] as const)('whose recipient the server answers with %s are %s, and its words are not passed on', async (responseCode, kind) => {
    const port = await mailServer({
      onRcptTo: ({ address }, _, done) => done(Object.assign(new Error(`no such mailbox ${address}`), { responseCode })),
    });
    expect(await send(port)).toEqual({ kind, why: `SMTP ${responseCode} at RCPT TO` });
  });

  it('wait where the server takes nobody', async () => {
    const port = await mailServer({ onConnect: (_, done) => done(new Error('overloaded')) });
    expect(await send(port)).toMatchObject({ kind: 'failed' });
  });

  it('wait where nobody listens', async () => {
    const port = await rawServer(() => undefined);
    await Promise.all(open.splice(0).map(({ close }) => close()));
    expect(await send(port)).toEqual({ kind: 'failed', why: expect.stringContaining('SMTP E') });
  });

  it('wait, and not for long, where the server hangs, breaks off, or says a letter a moment', async () => {
    const silent = await rawServer(() => undefined);
    const breaking = await rawServer((socket) => socket.end('220 example\r\n'));
    const trickling = await rawServer((socket) => {
      const timer = setInterval(() => socket.write('2'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const started = performance.now();
    const answers = await Promise.all([silent, breaking, trickling].map((port) => send(port)));
    expect(answers.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('go to one address, whatever stands in it', async () => {
    const port = await mailServer();
    const notifier = smtpNotifier({ url: `smtp://127.0.0.1:${port}`, from: 'thuphi@example.gov.vn' }, quick);
    await notifier.send({ ...letter, recipient: 'a@example.vn, b@example.vn', subject: 'x\r\nBcc: c@example.vn' });
    for (const { to, raw } of received) {
      expect(to).toHaveLength(1);
      expect(raw).not.toMatch(/^Bcc:/im);
    }
  });

  it('are sent by a service that has a mail server, from the event to the mailbox', async () => {
    const mail = { url: `smtp://127.0.0.1:${await mailServer()}`, from: 'thuphi@example.gov.vn' };
    const service = await openTestService('SQLite', { config: { mode: 'production', mail } });
    const applicant = { name: 'Nguyễn Thị Mẫu', email: letter.recipient };
    await service.call('post', '/api/obligations', certifiedCopy({ applicant })).expect(201);
    await queueLetters(service.ctx);
    expect(await sendLetters(service.ctx)).toBe(1);
    expect(await service.ctx.store.tables.letters.listOutbox(1)).toEqual([]);
    await service.end();
    expect(received.map(({ to }) => to)).toEqual([[letter.recipient]]);
  });

  it('need both settings, and an address of SMTP', () => {
    const problems = (settings: Record<string, string>): string => {
      try {
        readConfig({ DATABASE_URL: 'file:x', PUBLIC_URL: 'https://example.vn', SECRET_KEY: 'x'.repeat(32), ...settings });
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(problems({ SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'thuphi@example.gov.vn' })).toBe('');
    expect(problems({ SMTP_URL: 'smtp://127.0.0.1' })).toContain('SMTP_URL and MAIL_FROM belong together');
    expect(problems({ SMTP_URL: 'http://127.0.0.1', MAIL_FROM: 'thuphi@example.gov.vn' })).toContain('SMTP_URL must start with smtp://');
  });

  it('are not sent in the clear to another machine', async () => {
    const port = await mailServer();
    const { send: deliver } = smtpNotifier({ url: `smtp://127.0.0.2:${port}`, from: 'thuphi@example.gov.vn' }, quick);
    expect(await deliver(letter)).toMatchObject({ kind: 'failed' });
    expect(received).toEqual([]);
  });
});

const quotedPrintable = (text: string): string =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();
