// The fee desk in a real browser: a file chosen and compared before one's eyes, and every page readable by everybody.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { approveFee } from '../../src/actions/decideFee';
import { draftFee } from '../../src/actions/draftFee';
import { dayOf, addDays } from '../../src/domain/time';
import { useBrowser } from '../support/browser';
import { csv } from '../support/catalogues';
import { approver, changeOf, fixed } from '../support/feeStaff';
import { openTestService, type TestService } from '../support/office';

describe('The fee desk', () => {
  const browser = useBrowser();
  let service: TestService;
  let base: string;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    base = `http://127.0.0.1:${await service.start()}`;
  });
  afterAll(() => service.end());

  async function faultsHere(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
    return violations.map(({ id, nodes }) => `${page.url()}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }

  async function signedIn(login: string, width = 1366): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 768 } });
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }

  it('compares a chosen file while one watches, and shows what differs', async () => {
    const page = await signedIn('ketoan');
    await page.goto(`${base}/fee-import`);
    const faults = await faultsHere(page);
    const rows = Array.from({ length: 30_000 }, (_, at) => `2.000884,Phí chứng thực chữ ký,Phí,1,10.000 đồng,Mục ${at},226/2016/TT-BTC`);
    const content = csv(...rows, '2.000992,,Phí,1,90 VNĐ,,', '2.000528,,Lệ phí,1,Miễn phí,Mức do HĐND cấp tỉnh quyết định,');
    await page.setInputFiles('[name=file]', { name: 'danh mục.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await page.click('form[enctype] button');
    await page.waitForURL('**/fee-import/*');
    await page.waitForSelector('.import-progress', { state: 'detached', timeout: 20_000 });
    await page.waitForSelector('.differences');
    expect(await page.textContent('.kinds')).toMatch(/Nhầm đơn vị 1.*“Miễn phí” không đúng 1/s);
    faults.push(...(await faultsHere(page)));
    expect(faults).toEqual([]);
    await page.close();
  }, 60_000);

  it.each([1366, 360])(
    'can be read by everybody at %s pixels',
    async (width) => {
      const from = addDays(dayOf(service.ctx.now()), 1);
      const request = changeOf('CT-2.000815', from, { legalBasis: ['Thông tư 1/2027/TT-BTC'], rule: fixed(900, 'ban_sao') });
      const version = await draftFee(service.ctx, request);
      const other = await draftFee(service.ctx, { ...request, fee: { ...request.fee, rule: fixed(3_000 + width, 'ban_sao') } });
      await approveFee(service.ctx, { actor: approver, versionId: other.id });
      const page = await signedIn('ketoantruong', width);
      const faults: string[] = [];
      const paths = [
        '/fee-schedule',
        '/fee-schedule/fees/CT-2.000815',
        `/fee-schedule/versions/${version.id}?from=2026-01-01&to=2026-12-31`,
        '/fee-schedule/draft?fee=DD-H26-GCN-1.013978',
        '/fee-schedule/draft?fee=CT-2.000815',
        '/fee-schedule/draft?fee=HT-H26-1.001193',
      ];
      for (const path of paths) {
        await page.goto(base + path);
        faults.push(...(await faultsHere(page)));
        const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        if (overflow !== 0) faults.push(`${path} is ${String(overflow)} pixels too wide`);
      }
      expect(faults).toEqual([]);
      await page.close();
    },
    60_000,
  );

  it('follows an officer who types the number of a paper at the counter, and refuses words at once', async () => {
    const page = await signedIn('quay1');
    await page.goto(`${base}/counter`);
    await page.fill('#dossier', '000.00.18.H26-261122-7777');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#dossier-said:not(:empty)');
    await page.fill('#procedure', '2.000635');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#preference');
    await page.fill('[name=applicant]', 'Nguyễn Thị Mẫu');
    await page.selectOption('#preference', { index: 2 });
    await page.waitForSelector('#issue:disabled');
    await page.focus('#evidence');
    await page.keyboard.type('12/2026', { delay: 40 });
    await page.waitForSelector('#issue:enabled');
    expect(await page.inputValue('#evidence:focus')).toBe('12/2026');
    await page.keyboard.type(' hộ', { delay: 40 });
    await page.waitForSelector('#issue:disabled');
    expect(await page.textContent('#priced')).toContain('chỉ ghi số, ký hiệu bằng số');
    await page.close();
  }, 60_000);
});
