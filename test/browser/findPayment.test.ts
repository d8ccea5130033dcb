// A citizen with a phone finds a payment: dossier code, the code from the outbox, where it stands, the page to pay it; with script and without.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { useBrowser } from '../support/browser';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

const phone = { width: 360, height: 740 };
const stepDeadlineMs = 10_000;

describe('on a phone', () => {
  const browser = useBrowser();
  let service: TestService;
  let base: string;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    base = `http://127.0.0.1:${await service.start()}`;
  });
  afterAll(() => service.end());

  async function faultsOf(page: Page): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    const wide = Number(width) > phone.width ? [`${page.url()}: ${String(width)} wide`] : [];
    return [
      ...wide,
      ...violations.map(({ id, nodes }) => `${page.url()}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
    ];
  }

  it.each([true, false])(
    'a dossier code leads to the payment and to the page that pays it (script: %s)',
    async (javaScript) => {
      const applicant = { name: 'Nguyễn Thị Hoàng Phương', email: 'phuong@example.vn' };
      const { dossier } = (await service.call('post', '/api/obligations', certifiedCopy({ applicant })).expect(201)).body;
      const page = await browser.newPage({ viewport: phone, javaScript });
      page.setDefaultTimeout(stepDeadlineMs);
      const faults: string[] = [];
      const look = async (): Promise<void> => {
        if (javaScript) faults.push(...(await faultsOf(page)));
      };

      await page.goto(`${base}/sign-in`);
      await page.getByRole('link', { name: 'Tra cứu khoản nộp' }).click();
      await look();
      await page.getByLabel('Mã hồ sơ').fill(dossier.code);
      await page.getByRole('button', { name: 'Gửi mã xác nhận' }).click();
      await page.getByText('Nếu mã hồ sơ đúng').waitFor();
      await look();
      await page.getByLabel('Mã xác nhận').fill('12');
      await page.getByRole('button', { name: 'Xem khoản nộp' }).click();
      await page.getByText('Mã không đúng').waitFor();
      await look();

      const outbox = await browser.newPage({ viewport: phone });
      const letter = outbox.getByText(new RegExp(`${dossier.code}.*xác nhận`)).first();
      for (let tries = 0; tries < 50 && !(await letter.isVisible()); tries++) {
        await outbox.goto(`${base}/outbox`);
        await outbox.waitForTimeout(100);
      }
      const code = /khoản nộp: (\d{6})/.exec(await outbox.locator('main').innerText())?.[1] ?? '';
      faults.push(...(await faultsOf(outbox)));

      await page.getByLabel('Mã xác nhận').fill(code);
      await page.getByRole('button', { name: 'Xem khoản nộp' }).click();
      await page.getByText('Chờ thanh toán').waitFor();
      expect(await page.locator('main').innerText()).toContain('21.000');
      await look();
      await page.getByRole('link', { name: 'Nộp tiền' }).click();
      await page.getByText('Quét mã bằng ứng dụng ngân hàng').waitFor();
      expect(faults).toEqual([]);
    },
    60_000,
  );
});
