// Papers of one day: each says the same on the screen, in the spreadsheet, in the text file and on the sheet; all tie to each other and to the books.
import Papa from 'papaparse';
import type request from 'supertest';
import { askExport, cancelExport, seeExport, writeExport } from '../../src/actions/exportPaper';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { paperSource } from '../../src/actions/paperSource';
import {
  mostSheetRows,
  paperKinds,
  type PaperFoot,
  type PaperForm,
  type PaperKind,
  type PaperRow,
  type WritePaper,
} from '../../src/domain/paper';
import { mostTries } from '../../src/domain/paperExport';
import type { Actor } from '../../src/domain/role';
import { addMs, parseVietnamTime, vietnamTimeOf, type Day, type Instant } from '../../src/domain/time';
import { Problem } from '../../src/problems';
import { hasPaperWords } from '../../src/web/paperWords';
import { tell } from '../support/bank';
import { listDay } from '../support/bankLists';
import { numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { wordsInPdf } from '../support/pdfWords';
import { settleMany } from '../support/settled';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const ketoan: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };
const on = '2026-11-20' as Day;
const account = 'acc-h26-101';

describe.each(databases)('the papers of a day on %s', (database) => {
  let service: TestService;
  let now: Instant = parseVietnamTime('2026-11-20 09:00:00') ?? ('' as Instant);
  let finance: Visitor;
  const hostile = '=HYPERLINK("http://x","Nộp, ""tiền""")';
  beforeAll(async () => {
    service = await openTestService(database, { replace: { now: () => now } });
    const ids = [await pays(), await pays(), await money(hostile, 7_000), await money('@ung ho; =1+1', 1_234_000)];
    await paysCash();
    while ((await issueReceipts(service.ctx)) > 0);
    now = parseVietnamTime('2026-11-21 08:00:00') ?? now;
    finance = await visitorAt(service, 'ketoan');
    await listDay(service, { accountId: account, day: on, opening: 500_000, transactionIds: ids });
    const later = { action: 'not_ours', reason: 'của đơn vị khác' };
    await service.call('post', `/api/transactions/${ids[3]}/resolve`, later, 'demo-api-key-ketoan').expect(200); // the day after: on the day it had no home
  });
  afterAll(() => service.end());

  async function owed(): Promise<{ id: string; reference: string }> {
    return (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  }
  const pays = async (): Promise<string> => money((await owed()).reference, 21_000);
  async function paysCash(): Promise<void> {
    const { id } = await owed();
    await service.call('post', `/api/obligations/${id}/cash`, { amount: 21_000, counterId: 'quay-1' }, 'demo-api-key-quay1').expect(201);
  }
  async function money(content: string, amount: number): Promise<string> {
    await tell(service, { content, amount, time: vietnamTimeOf(now) }).expect(200);
    const [row] = await rowsOf(service.config.databaseUrl, 'SELECT id FROM incoming_transaction ORDER BY id DESC LIMIT 1');
    return String(row?.['id']);
  }
  const questions: Record<PaperKind, string> = {
    daily_list: `from=${on}`,
    minutes: `day=${on}&account=${account}`,
    cash_book: `from=${on}&unit=H26`,
    suspense: `from=${on}`,
    receipt_summary: `from=${on}`,
    declaration: 'month=2026-11',
  };
  async function paperOf(kind: PaperKind): Promise<{ rows: PaperRow[]; foot: PaperFoot }> {
    const source = await paperSource(service.ctx, ketoan, {
      kind,
      from: on,
      to: on,
      ...(kind === 'minutes' ? { accountId: account } : {}),
    });
    const rows: PaperRow[] = [];
    const all = source.rows();
    for (;;) {
      const next = await all.next();
      if (next.done) return { rows, foot: next.value };
      rows.push(...next.value);
    }
  }
  const totalOf = async (kind: PaperKind): Promise<number> => (await paperOf(kind)).foot.total.toJSON();
  const balance = (name: string): Promise<number> =>
    numberOf(
      service.config.databaseUrl,
      `SELECT CAST(coalesce(sum(CASE WHEN credit = '${name}' THEN amount ELSE -amount END), 0) AS BIGINT) FROM posting
       WHERE (credit = '${name}' OR debit = '${name}') AND created_at < '2026-11-20T17:00:00.000Z'`,
    );

  it('tie to each other and to the books, to the đồng', async () => {
    const dong: Record<string, number> = {};
    for (const kind of paperKinds) dong[kind] = await totalOf(kind);
    expect(dong).toEqual({
      daily_list: 63_000,
      receipt_summary: 63_000,
      cash_book: 21_000,
      suspense: 1_241_000,
      minutes: 1_283_000,
      declaration: 63_000,
    });
    expect(dong['daily_list']).toBe(await numberOf(service.config.databaseUrl, `SELECT sum(amount) FROM receipt WHERE day = '${on}'`));
    expect(dong['suspense']).toBe(await balance(`unapplied:${account}`));
    expect(dong['cash_book']).toBe(-(await balance('cash:quay-1')));
    expect(dong['minutes']).toBe((dong['daily_list'] ?? 0) - (dong['cash_book'] ?? 0) + (dong['suspense'] ?? 0)); // banked = receipts by transfer and money without a home
  });

  it.each(paperKinds)('says the same total on the screen, in XLSX, CSV and PDF: %s', async (kind) => {
    const { rows, foot } = await paperOf(kind);
    const total = foot.total.toJSON();
    const shown = `${foot.total.toString().replace(/\B(?=(\d{3})+(?!\d))/g, '.')}`;
    const words = rows.flatMap(({ cells, section }) => [
      `section ${section}`,
      ...cells.flatMap((cell) => (typeof cell === 'object' && 'words' in cell ? cell.words : [])),
    ]);
    expect(words.filter((word) => !hasPaperWords(word))).toEqual([]);
    expect(textOf((await finance.get(`/papers/${kind}?${questions[kind]}`).expect(200)).text)).toContain(
      `${shown}\u00a0₫`.replace(/\s/g, ' '),
    );

    const sheet = await sheetIn(await bytesOf(`/papers/${kind}.xlsx?${questions[kind]}`));
    expect(sheet.find(([first]) => first === 'Tổng số tiền')?.[1]).toBe(total);

    const csv = (await bytesOf(`/papers/${kind}.csv?${questions[kind]}`)).toString('utf8');
    const parsed = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { skipEmptyLines: true });
    expect([parsed.errors, parsed.data.length]).toEqual([[], rows.length + 1]);
    expect(new Set(parsed.data.map((row) => row.length)).size).toBe(1);
    const sums = parsed.data.filter(([section]) => section === 'Tổng cộng');
    expect(sums.at(-1)).toContain(String(total));

    const pdf = await wordsInPdf(await bytesOf(`/papers/${kind}.pdf?${questions[kind]}`));
    for (const expected of [`Tổng số tiền: ${shown} đồng`, 'Bằng chữ:', 'Trang 1/', 'người in: Kế toán', '(Ký, ghi rõ họ tên)'])
      expect(pdf).toContain(expected);
    expect(pdf.includes('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')).toBe(kind === 'minutes');
  });

  it('never lets a citizen’s words run as a formula, and writes days and times by ISO', async () => {
    const csv = (await bytesOf(`/papers/suspense.csv?${questions.suspense}`)).toString('utf8');
    const [, ...rows] = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { skipEmptyLines: true }).data;
    expect(rows.map((row) => row[5])).toEqual([`'${hostile}`, "'@ung ho; '=1+1", 'Cộng tiền chưa xác định']);
    expect(rows[0]?.[2]).toMatch(/^2026-11-20T09:00:\d\d\+07:00$/);
    expect(csv).toContain('\r\n');
    const daily = (await bytesOf(`/papers/daily_list.csv?${questions.daily_list}`)).toString('utf8');
    expect(daily).toContain(',2026-11-20,');
    const sheet = await sheetIn(await bytesOf(`/papers/suspense.xlsx?${questions.suspense}`));
    expect(JSON.stringify(sheet)).toContain(JSON.stringify(hostile).slice(1, -1));
  });

  it('names on the daily list whose hand took cash, by which transfer the others paid, and links each receipt', async () => {
    const { rows } = await paperOf('daily_list');
    const ways = rows.filter(({ isSum }) => !isSum).map(({ cells }) => [cells[7], String(cells[8]).slice(0, 2), cells[9]]);
    expect(ways).toEqual([
      [{ words: ['method_transfer'] }, 'FT', 'demo'],
      [{ words: ['method_transfer'] }, 'FT', 'demo'],
      [{ words: ['method_cash'] }, '', 'Cán bộ quầy 1'],
    ]);
    const html = (await finance.get(`/papers/daily_list?${questions.daily_list}`)).text;
    expect(html).toMatch(/href="\/receipts\/26T[A-Z]{2}-0+1"/);
  });

  it('are for the finance desk, the leader and the inspector, each within what they see', async () => {
    for (const login of ['quay1', 'quantri']) await (await visitorAt(service, login)).get('/papers').expect(403);
    for (const login of ['thanhtra', 'lanhdao'])
      expect((await (await visitorAt(service, login)).get('/papers').expect(200)).text).toContain('/papers/cash_book');
    const seenBy = async (login: string) =>
      textOf((await (await visitorAt(service, login)).get(`/papers/suspense?${questions.suspense}`)).text);
    expect([await seenBy('lanhdao'), await seenBy('thanhtra')]).toEqual([
      expect.not.stringContaining('HYPERLINK'), // who does not see single payments sees no contents here either
      expect.stringContaining('HYPERLINK'),
    ]);
    await finance.get('/papers/nothing').expect(404);
    await finance.get('/papers/daily_list?from=2026-02-30').expect(400);
    await finance.get('/papers/daily_list?unit=H99').expect(404);
    await finance.get('/papers/daily_list.exe').expect(404);
  });

  async function bytesOf(path: string): Promise<Buffer> {
    const answer = await finance.get(path).buffer().parse(bytesIn).expect(200);
    return answer.body as Buffer;
  }

  it('keeps the export of a long paper: its progress, its end, and a person who calls it off', async () => {
    const question = { kind: 'daily_list' as const, from: on, to: on };
    const asked = await askExport(service.ctx, ketoan, question, 'csv', 'Bảng kê 20/11/2026');
    const called = await askExport(service.ctx, ketoan, question, 'pdf', 'Bảng kê 20/11/2026');
    await cancelExport(service.ctx, ketoan, called.id);
    expect(textOf((await finance.get('/papers').expect(200)).text)).toContain('Chờ lập');
    const inEnglish = (call: request.Test) => call.set('cookie', `${call.get('cookie')}; language=en`);
    const title = 'Daily list of service fees and state charges 20/11/2026';
    for (const path of ['/papers', `/papers/exports/${asked.id}`]) expect((await inEnglish(finance.get(path))).text).toContain(title);
    await finance.get(`/papers/exports/${asked.id}/file`).expect(409);
    while (await writeExport(service.ctx, () => Promise.resolve()));
    const done = await seeExport(service.ctx, ketoan, asked.id);
    expect([done.state, done.rowsDone > 0, (await seeExport(service.ctx, ketoan, called.id)).state]).toEqual(['done', true, 'cancelled']);
    const direct = await bytesOf(`/papers/daily_list.csv?${questions.daily_list}`);
    expect((await bytesOf(`/papers/exports/${asked.id}/file`)).equals(direct)).toBe(true);
    const { headers } = await finance.get(`/papers/exports/${asked.id}/file`);
    expect(headers['content-disposition']).toContain(`-${on}.csv`); // the day that it is about, not that on which it was asked for
    const named = await askExport(service.ctx, ketoan, { ...question, kind: 'suspense' }, 'csv', 'Tiền chưa xác định 20/11/2026');
    await (await visitorAt(service, 'thanhtra')).get(`/papers/exports/${named.id}`).expect(200);
    const leader = await visitorAt(service, 'lanhdao');
    await leader.get(`/papers/exports/${named.id}`).expect(404);
    expect((await leader.get('/papers').expect(200)).text).not.toContain(named.id);
    await cancelExport(service.ctx, ketoan, named.id);
    await expect(cancelExport(service.ctx, { ...ketoan, officerId: 'of-ketoantruong' }, asked.id)).rejects.toThrow('role_insufficient');
    await expect(cancelExport(service.ctx, ketoan, asked.id)).rejects.toThrow('export_ended');
    await expect(seeExport(service.ctx, { ...ketoan, officerId: 'of-x', agencyCode: 'H26.90' }, asked.id)).rejects.toThrow(
      'export_unknown',
    );
  });

  it('says why an export failed and how to go on: it broke, it is too long for a sheet, its writers died again and again', async () => {
    const ask = async (form: PaperForm) =>
      (await askExport(service.ctx, ketoan, { kind: 'daily_list', from: on, to: on }, form, 'Bảng kê 20/11/2026')).id;
    const write = (writePaper: WritePaper = service.ctx.writePaper) => writeExport({ ...service.ctx, writePaper }, () => Promise.resolve());
    const shown = async (id: string) => textOf((await finance.get(`/papers/exports/${id}`).expect(200)).text);
    const breaking = (error: unknown) => () => {
      throw error;
    };
    const broken = await ask('pdf');
    await write(breaking(new Error('a font is missing')));
    expect(await shown(broken)).toMatch(/Không lập được.*Hệ thống gặp lỗi khi lập tệp này.*Hãy thử lại.*Lập lại PDF/);

    const long = await ask('xlsx');
    const { foot } = await paperOf('daily_list');
    async function* many() {
      yield* [Array<PaperRow>(mostSheetRows).fill({ section: 'issued', cells: [] })];
      return foot;
    }
    await write((form, source, printed) => service.ctx.writePaper(form, { ...source, rows: many }, printed));
    expect(await shown(long)).toMatch(/nhiều dòng hơn một trang tính XLSX chứa được \(1\.048\.576\). Chọn dạng CSV .*Lập lại CSV/);

    const dying = await ask('csv');
    for (let times = 0; times < mostTries; times++) {
      await expect(write(breaking(new Problem('store_busy')))).rejects.toThrow('store_busy'); // no end is written down, as when it dies
      expect(await write()).toBe(false); // its writer may live
      now = addMs(now, 61_000);
    }
    expect(await write()).toBe(true);
    expect(await shown(dying)).toMatch(/Không lập được.*lần nào cũng bị ngắt giữa chừng.*Lập lại CSV/);
    const way = /action="(\/papers\/daily_list[^"]*)"/.exec((await finance.get(`/papers/exports/${dying}`)).text)?.[1] ?? '';
    const again = await finance.post(way.replaceAll('&amp;', '&'), { form: 'csv' });
    expect([again.status, again.headers['location']]).toEqual([303, `/papers/daily_list.csv?from=${on}&to=${on}`]);
    const others = textOf((await (await visitorAt(service, 'ketoantruong')).get('/papers').expect(200)).text);
    expect([others.includes('Hệ thống gặp lỗi khi lập tệp này'), others.includes('Lập lại')]).toEqual([true, false]);
  });
});

describe('a paper of thousands of rows', () => {
  it('is written in the background; its screen shows the first rows, and its file adds up to all of them', async () => {
    const service = await openTestService('SQLite');
    await settleMany(service.config.databaseUrl, 1_600, ['H26.101', 'H26.90']);
    while ((await issueReceipts(service.ctx)) > 0);
    const finance = await visitorAt(service, 'ketoan');
    const [day] = await rowsOf(service.config.databaseUrl, 'SELECT max(day) AS day FROM receipt');
    const question = `from=${String(day?.['day'])}`;
    const screen = textOf((await finance.get(`/papers/daily_list?${question}`).expect(200)).text);
    expect(screen).toContain('Đang xem 1000 dòng đầu trong 3200 dòng');
    expect(screen).toContain('Tổng số tiền: 240.000.000 ₫ · 3200 dòng');
    expect((await finance.get(`/papers/daily_list.csv?${question}`).expect(409)).text).toContain('tệp được lập ở nền');
    const asked = await finance.post(`/papers/daily_list?${question}`, { form: 'csv' });
    const address = String(asked.headers['location']);
    expect([asked.status, address]).toEqual([303, expect.stringMatching(/^\/papers\/exports\/xp_/)]);
    const waiting = (await finance.get(address).expect(200)).text;
    expect([waiting.includes('<progress'), textOf(waiting).includes('0/3200 dòng')]).toEqual([true, true]);
    while (await writeExport(service.ctx, () => Promise.resolve()));
    expect(textOf((await finance.get(address).expect(200)).text)).toContain('Đã xong 3200/3200 dòng'); // as many as the screen of the paper says
    const file = (await finance.get(`${address}/file`).expect(200)).text;
    const rows = Papa.parse<string[]>(file.replace(/^\ufeff/, ''), { skipEmptyLines: true, header: false }).data;
    const amounts = rows.filter(([section]) => section === 'Biên lai lập trong kỳ').map((row) => Number(row[7]));
    const sum = await numberOf(service.config.databaseUrl, 'SELECT sum(amount) FROM receipt');
    expect([amounts.length, amounts.reduce((total, amount) => total + amount, 0), rows.at(-1)?.[7]]).toEqual([3_200, sum, String(sum)]);
    expect(sum).toBe(240_000_000);
    await tell(service, { content: 'noi dung dai '.repeat(280), amount: 1_000 }).expect(200);
    const sheets = await finance.get('/papers/suspense.pdf?day=2100-01-01').buffer().parse(bytesIn).expect(200);
    expect(await wordsInPdf(sheets.body as Buffer)).toContain('Trang 4/ 4'); // a row that is higher than a sheet goes on
    const again = String((await finance.post(`/papers/daily_list?${question}`, { form: 'xlsx' })).headers['location']);
    expect((await finance.post(`${again}/cancel`, {})).status).toBe(303);
    expect(await writeExport(service.ctx, () => Promise.resolve())).toBe(false);
    expect(textOf((await finance.get(again).expect(200)).text)).toContain('Đã hủy');
    await service.end();
  }, 60_000);
});

const bytesIn = (res: request.Response, done: (error: Error | null, body: Buffer) => void): void => {
  const parts: Buffer[] = [];
  const stream = res as unknown as NodeJS.ReadableStream;
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => done(null, Buffer.concat(parts)));
};

/** The rows of its first sheet, read by another program than the one that wrote it. */
async function sheetIn(bytes: Buffer): Promise<readonly (readonly unknown[])[]> {
  const { readSheet } = await import('read-excel-file/node');
  return readSheet(bytes);
}
