// The walk in a real browser, from the keyboard: sign in, issue, show the QR, pay at the pretend bank, turn green, count.
import { PNG } from 'pngjs';
import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { useBrowser } from '../support/browser';
import { freshDossierCode, openTestService, type TestService } from '../support/office';

const counterScreen = { width: 1366, height: 768 };
const stepDeadlineMs = 10_000;

describe('in a real browser', () => {
  const browser = useBrowser();
  let service: TestService;
  let base: string;
  let display: string;
  /** What the browser's console holds against our pages. */
  const complaints: string[] = [];
  beforeAll(async () => {
    service = await openTestService('SQLite');
    base = `http://127.0.0.1:${await service.start()}`;
    const counter = await service.ctx.store.tables.agencies.findCounter('quay-1');
    display = `${base}/display/${counter?.displayToken ?? ''}`;
  });
  afterAll(() => service.end());

  async function signedIn(login: string, size = counterScreen): Promise<Page> {
    const page = await browser.newPage({ viewport: size });
    page.setDefaultTimeout(stepDeadlineMs);
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${base}/`);
    await page.waitForSelector('[name=login]:focus');
    await page.keyboard.type(login);
    await page.keyboard.press('Tab');
    await page.keyboard.type('demo');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    return page;
  }

  /** As an officer does it without touching the mouse; a scanner types the code and presses Enter. Returns the dossier's code. */
  async function issueByKeyboard(page: Page): Promise<string> {
    const code = freshDossierCode();
    await page.waitForSelector('#dossier:focus');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#procedure:focus');
    await page.keyboard.type('2.000815');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#fees input:focus');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#applicant:focus');
    await page.keyboard.type('Nguyễn Thị Mẫu');
    await page.getByText('21.000').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#panel svg');
    return code;
  }

  const stateOf = (page: Page) => page.locator('#panel-state').innerText();

  /** What a phone reads from the picture of a screen. */
  async function scanned(page: Page): Promise<string | undefined> {
    const { data, width, height } = PNG.sync.read(await page.screenshot());
    return jsqr(new Uint8ClampedArray(data), width, height)?.data;
  }

  it('goes from a dossier to a green screen and into the ratio', async () => {
    const counter = await signedIn('quay1');
    const citizen = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await citizen.goto(display);
    await citizen.getByText('Xin mời').waitFor();

    const code = await issueByKeyboard(counter);
    expect(await stateOf(counter)).toContain('Chờ thanh toán');
    await citizen.getByText('21.000').first().waitFor();
    const payload = await scanned(counter);
    expect(payload).toMatch(/^000201010212.*540521000/);
    expect(await scanned(citizen)).toBe(payload);
    expect(await citizen.locator('body').innerText()).not.toContain('Nguyễn Thị Mẫu');

    const bank = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await bank.goto(`${base}/pretend-bank?payload=${encodeURIComponent(payload ?? '')}`);
    await bank.locator('summary').click();
    await bank.locator('select[name="memo"]').selectOption({ index: 1 });
    await bank.getByRole('button', { name: 'Thanh toán' }).click();
    await counter.locator('#panel-state.state-paid').waitFor();
    await citizen.getByText('Cảm ơn').first().waitFor();
    expect(await stateOf(counter)).toContain('Đã thanh toán');
    expect(await counter.locator('#panel').innerText()).toContain('21.000');

    const leader = await signedIn('lanhdao');
    await leader.goto(`${base}/ratios`);
    expect(await leader.locator('main').innerText()).toContain('100,00');
    const { data } = (await service.call('get', `/api/obligations?dossier=${code}`)).body;
    expect(data).toMatchObject([{ status: 'paid', payments: [{ provider: 'sandbox', method: 'vietqr' }] }]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 90_000);

  it('leads to the receipt of cash: the officer by a link, the citizen by a code on the display', async () => {
    const counter = await signedIn('quay1');
    const citizen = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await citizen.goto(display);
    await issueByKeyboard(counter);
    await counter.keyboard.press('F8');
    await counter.waitForSelector('#panel form button:focus');
    await counter.keyboard.press('Enter');
    await counter.getByRole('link', { name: /Biên lai 26T/ }).waitFor();
    await citizen.waitForSelector('[data-scene=paid] svg');
    const page = (await scanned(citizen)) ?? '';
    expect(page).toMatch(/\/pay\/NP/);
    const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await phone.goto(`${base}${new URL(page).pathname}`);
    await phone.getByRole('link', { name: 'PDF' }).waitFor();
    await Promise.all([counter, citizen, phone].map((one) => one.close()));
  });

  it('never makes a number out of what is none, and goes back without a broken page', async () => {
    const counter = await signedIn('quay1');
    await counter.locator('#dossier').fill(freshDossierCode());
    await counter.keyboard.press('Enter');
    await counter.waitForSelector('#procedure:focus');
    await counter.keyboard.type('1.012787');
    await counter.keyboard.press('Enter');
    const value = counter.locator('input[data-grouped]').first();
    await value.waitFor();
    expect(new URL(counter.url()).pathname).toBe('/counter');
    const typed = async (text: string): Promise<string> => {
      await value.fill('');
      await value.pressSequentially(text);
      return value.inputValue();
    };
    expect(await typed('1000000000')).toBe('1.000.000.000');
    for (const odd of ['1,5', '1.5', '1e9', '-1000']) {
      expect(await typed(odd)).toBe(odd);
      await counter.locator('#issue[disabled]').waitFor();
    }
    await counter.goto(`${base}/ratios`);
    await counter.goBack();
    await counter.waitForSelector('#dossier');
  }, 60_000);

  it('turns green within a second of the webhook, also when the feed had been cut', async () => {
    const counter = await signedIn('quay1');
    const delays: number[] = [];
    for (let i = 0; i < 3; i++) {
      await counter.goto(`${base}/counter`);
      const code = await issueByKeyboard(counter);
      const { data } = (await service.call('get', `/api/obligations?dossier=${code}`)).body;
      const started = performance.now();
      await tell(service, { content: data[0].reference, amount: 21_000 }).expect(200);
      await counter.locator('#panel-state.state-paid').waitFor();
      delays.push(performance.now() - started);
    }
    expect(Math.min(...delays)).toBeLessThan(1_000);

    await counter.goto(`${base}/counter`);
    const code = await issueByKeyboard(counter);
    const { data } = (await service.call('get', `/api/obligations?dossier=${code}`)).body;
    await counter.context().setOffline(true);
    service.server.closeAllConnections();
    await tell(service, { content: data[0].reference, amount: 1_000 }).expect(200);
    await counter.context().setOffline(false);
    await counter.locator('#panel-state.state-part_paid').waitFor({ timeout: 20_000 });
    expect(await counter.locator('#panel').innerText()).toContain('20.000');
  }, 120_000);
});
