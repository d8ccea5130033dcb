// The ratio board: what it shows is what the API says, and every number opens to exactly as many dossiers.
import { dayOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

let service: TestService;
let leader: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite');
  leader = await visitorAt(service, 'lanhdao');
});
afterAll(() => service.end());

/** Numbers of a row and where each leads: `[text, address]`. */
const linksIn = (html: string): [text: string, address: string][] =>
  [...html.matchAll(/<a href="(\/ratios\/members\?[^"]+)"[^>]*>([^<]+)<\/a>/g)].map(([, address = '', text = '']) => [
    text.trim(),
    address.replaceAll('&amp;', '&'),
  ]);

describe('An empty board', () => {
  it('says that there is nothing to count, and how it would be counted', async () => {
    const text = textOf((await leader.get('/ratios')).text);
    expect(text).toContain('Chưa có hồ sơ nào có nghĩa vụ tài chính');
    expect(text).toContain('Định nghĩa, phiên bản 1');
  });

  it('refuses days that do not exist', async () => {
    expect((await leader.get('/ratios?from=2026-02-30')).status).toBe(400);
    expect((await leader.get('/ratios?month=2026-13')).status).toBe(400);
  });
});

describe('A board with numbers', () => {
  beforeAll(async () => {
    const obligations = [];
    for (let i = 0; i < 7; i++) obligations.push((await service.call('post', '/api/obligations', certifiedCopy())).body);
    const [online, transfer, cash, part] = obligations;
    await service.call('post', `/api/obligations/${online.id}/payment-requests`, { method: 'vietqr' });
    await tell(service, { content: online.reference, amount: 21_000 });
    await tell(service, { content: transfer.reference, amount: 21_000 });
    await service.call('post', `/api/obligations/${cash.id}/cash`, { amount: 21_000, counterId: 'quay-1' });
    await tell(service, { content: part.reference, amount: 1_000 });
  });

  it('shows what the API says, percentages with a comma and two places', async () => {
    const today = dayOf(service.ctx.now());
    const { rows, total } = (await service.call('get', `/api/reports/payment-ratios?from=${today}&to=${today}`)).body;
    const { text } = await leader.get(`/ratios?from=${today}&to=${today}`);
    expect([total.obligations, total.paidCashless, total.cashlessRatio, total.onlineRatio]).toEqual([7, 2, '28.57', '14.29']);
    const shown = (row: typeof total) =>
      [
        row.obligations,
        row.paidCashless,
        `${row.cashlessRatio.replace('.', ',')} %`,
        row.paidOnline,
        `${row.onlineRatio.replace('.', ',')} %`,
      ].map(String);
    const numbers = linksIn(text).map(([number]) => number.replace('\u00a0', ' '));
    expect(numbers.slice(0, 5)).toEqual(shown(rows[0]));
    expect(numbers.slice(7, 12)).toEqual(shown(total));
    expect(textOf(text)).toContain('147.000 ₫');
  });

  it('opens every number to as many dossiers as it says', async () => {
    const links = linksIn((await leader.get('/ratios')).text).filter(([number]) => /^\d+$/.test(number));
    expect(links.length).toBe(6);
    for (const [number, address] of links) {
      const { text } = await leader.get(address);
      expect([address, text.split('class="member"').length - 1]).toEqual([address, Number(number)]);
      expect(textOf(text)).toContain(`${number} hồ sơ`);
    }
  });

  it('drills from a sector to its procedures, and keeps the sum', async () => {
    const board = (await leader.get('/ratios')).text;
    const deeper = /href="(\/ratios\?[^"]*by=procedure[^"]*)"/.exec(board)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const text = textOf((await leader.get(deeper)).text);
    expect(text).toContain('Chứng thực bản sao từ bản chính');
    expect(text).toContain('28,57 %');
  });

  it("leaves other agencies out of an officer's board", async () => {
    const land = certifiedCopy({ agencyCode: 'H26.90' });
    expect((await service.call('post', '/api/obligations', land)).status).toBe(201);
    expect(linksIn((await leader.get('/ratios')).text).at(-7)?.[0]).toBe('8');
    expect(linksIn((await (await visitorAt(service, 'quay1')).get('/ratios')).text).at(-7)?.[0]).toBe('7');
  });
});
