// A finance officer at a real browser finds a home for money, from the keyboard alone.
import type { Page } from 'playwright-core';
import { dayOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { useBrowser } from '../support/browser';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { statementCsv } from '../support/statementFiles';

const stepDeadlineMs = 10_000;

describe('placing money without a home', () => {
  const browser = useBrowser();
  let service: TestService;
  let base: string;
  const complaints: string[] = [];
  beforeAll(async () => {
    service = await openTestService('SQLite');
    base = `http://127.0.0.1:${await service.start()}`;
  });
  afterAll(() => service.end());
  afterEach(async () => expect([complaints, await brokenLaws(service.config.databaseUrl)]).toEqual([[], []]));

  const issued = async (name: string) =>
    (await service.call('post', '/api/obligations', certifiedCopy({ applicant: { name } })).expect(201)).body;

  async function signedIn(javaScript = true): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, javaScript });
    page.setDefaultTimeout(stepDeadlineMs);
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${base}/sign-in`);
    await page.fill('[name=login]', 'ketoan');
    await page.fill('[name=password]', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/days');
    await page.goto(`${base}/unmatched`);
    return page;
  }

  it('searches by amount, opens, chooses the suggested obligation, gives a reason, and sees it resolved', async () => {
    const { id: obligationId, reference } = await issued('Trần Thị Ứng Viên');
    await tell(service, { content: 'chuyen khoan', amount: 7_000 }).expect(200);
    await tell(service, { content: 'nop phi chung thuc', amount: 21_000 }).expect(200);

    const page = await signedIn();
    await page.waitForSelector('[data-row]:focus');
    await page.keyboard.press('/');
    await page.waitForSelector('[name=amount]:focus');
    await page.keyboard.type('21000');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/unmatched?amount=21000*');
    await page.waitForSelector('[data-row]:focus');
    await page.keyboard.press('Enter');

    await page.waitForURL('**/transactions/**');
    await page.waitForSelector('.candidates [data-row]:focus');
    expect(await page.locator('.candidates').innerText()).toContain('Trần Thị Ứng Viên');
    await page.keyboard.press('Enter');

    await page.waitForSelector('[name=reason]:focus');
    expect(await page.locator('[name=amount]').inputValue()).toBe('21.000');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.candidates [data-row]:focus');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[name=reason]:focus');
    await page.keyboard.type('người nộp xuất trình chứng từ');
    await page.keyboard.press('Enter');

    await page.getByText('Mọi đồng đã có nơi nhận').waitFor();
    await page.getByText('Đã phân bổ.').waitFor();
    expect(await page.locator('main').innerText()).toContain(reference);
    expect((await service.call('get', `/api/obligations/${obligationId}`)).body.status).toBe('paid');
    await page.waitForSelector('[data-key=Escape]:focus');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/unmatched?amount=21000');
    await page.getByText('Không tìm thấy giao dịch nào như vậy.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('7.000').first().waitFor();
  }, 60_000);

  it('sends a second payment back with the first key, and never towards a stranger', async () => {
    const { reference } = await issued('Trần Thị Nộp Trùng');
    await issued('Lê Văn Người Lạ');
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await tell(service, { content: `lan hai ${reference}`, amount: 21_000 }).expect(200);
    const page = await signedIn();
    await page
      .getByRole('row', { name: `lan hai ${reference}` })
      .getByRole('link', { name: '21.000' })
      .click();
    await page.waitForURL('**/transactions/**');
    await page.waitForSelector('[href*="step=refund"]:focus');
    expect(await page.locator('main').innerText()).not.toContain('Lê Văn Người Lạ');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[name=reason]:focus');
    await page.keyboard.type('người nộp chuyển trùng');
    await page.keyboard.press('Enter');
    await page.getByText('Đã ghi đề nghị hoàn trả.').waitFor();
  }, 60_000);

  it('finds by reference, splits, and takes the last decision back', async () => {
    const [first, second] = [await issued('Lê Văn Một'), await issued('Lê Văn Hai')];
    await tell(service, { content: 'nop cho hai nguoi', amount: 40_000 }).expect(200);
    const page = await signedIn();
    await page.getByRole('link', { name: '40.000' }).click();
    for (const { reference } of [first, second]) {
      await page.locator('[name=find]').waitFor();
      await page.keyboard.press('/');
      await page.waitForSelector('[name=find]:focus');
      await page.keyboard.type(reference);
      await page.keyboard.press('Enter');
      await page.waitForURL(/find=/);
      await page.waitForSelector('.candidates [data-row]:focus');
      await page.keyboard.press('Enter');
      await page.waitForSelector('[name=reason]:focus');
      await page.keyboard.type('nộp gộp hai hồ sơ');
      await page.keyboard.press('Enter');
      await page.getByText('Đã phân bổ.').waitFor();
    }
    await page.getByText('Mọi đồng đã có nơi nhận').waitFor();
    await page.getByRole('link', { name: 'Thu lại quyết định' }).click();
    await page.waitForSelector('[name=reason]:focus');
    await page.keyboard.type('nhầm hồ sơ');
    await page.keyboard.press('Enter');
    await page.getByText('Còn 19.000').first().waitFor();
    expect((await service.call('get', `/api/obligations/${second.id}`)).body.status).toBe('open');
  }, 60_000);

  it('works a day by keys: each row ends on the next one of the same list', async () => {
    const amounts = [51_000, 52_000, 53_000];
    for (const amount of amounts) await tell(service, { content: 'theo ngay', amount }).expect(200);
    const page = await signedIn();
    await page.goto(`${base}/days/acc-h26-101/${dayOf(service.ctx.now())}?q=theo+ngay`);
    const focused = (): Promise<string | null> => page.locator('[data-row]:focus').textContent();
    await page.waitForSelector('[data-row]:focus');
    await page.keyboard.press('j');
    const [second, third] = [await focused(), await page.locator('[data-row]').nth(2).textContent()];
    expect(second).not.toBe(third);
    await page.keyboard.press('r');
    await page.waitForSelector('[name=reason]:focus');
    await page.keyboard.type('người nộp chuyển nhầm');
    await page.keyboard.press('Enter');
    await page.getByText('Đã ghi đề nghị hoàn trả.').waitFor();
    await page.waitForSelector('[data-key=Escape]:focus');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/days/**');
    await page.waitForSelector('[data-row]:focus');
    expect(await focused()).toBe(third);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/difference**');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-row]:focus');
    expect(await focused()).toBe(third);
  }, 60_000);

  it('does the same with scripts switched off', async () => {
    const { id: obligationId } = await issued('Phạm Không Kịch Bản');
    await tell(service, { content: 'khong kich ban', amount: 21_000 }).expect(200);
    const page = await signedIn(false);
    await page.getByRole('link', { name: '21.000' }).click();
    await page
      .getByRole('row', { name: /Phạm Không Kịch Bản/ })
      .getByRole('link', { name: 'Phân bổ' })
      .click();
    await page.fill('[name=reason]', 'theo chứng từ');
    await page.getByRole('button', { name: 'Phân bổ' }).click();
    await page.getByText('Mọi đồng đã có nơi nhận').waitFor();
    expect((await service.call('get', `/api/obligations/${obligationId}`)).body.status).toBe('paid');
  }, 60_000);

  it('drops statements anywhere on their page: several, each to the account whose number it states, or one, which leads to it', async () => {
    const listOf = (account: string, reference: string): [string, string] => [
      `${reference}.csv`,
      statementCsv({ account, lines: [{ day: '2026-11-19', reference, credit: 31_000, content: 'tha tep' }] }).toString(),
    ];
    const page = await signedIn();
    await page.goto(`${base}/statements`);
    const drop = async (...files: [string, string][]): Promise<void> => {
      const carried = files.map(([name, text]) => `carried.items.add(new File([${JSON.stringify(text)}], '${name}'))`).join(';');
      const dataTransfer = await page.evaluateHandle(`(() => { const carried = new DataTransfer(); ${carried}; return carried })()`);
      for (const event of ['dragover', 'drop']) await page.dispatchEvent('.drop .field-hint', event, { dataTransfer });
    };
    await drop(listOf('1026101000', 'THA1'), listOf('21610026900', 'THA2'));
    await page.getByRole('row', { name: /THA1\.csv .*1026101000/ }).waitFor();
    expect(await page.getByRole('row', { name: /THA2\.csv .*21610026900/ }).count()).toBe(1);
    await drop(listOf('1026101000', 'THA3'));
    await page.waitForURL('**/statements/st_*');
    await page.getByText('Đối soát ngày 19/11/2026').waitFor();
  }, 60_000);
});
