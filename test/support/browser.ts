// A real browser for tests: started once per test file with a new profile, closed at its end; pages share nothing.
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Chromium } from './chromium';

export interface PageOptions {
  viewport?: { width: number; height: number };
  /** The language that the browser asks for; Vietnamese unless told. */
  language?: string;
  /** False: as a citizen with scripts switched off. */
  javaScript?: boolean;
}

export interface TestBrowser {
  newPage(options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

const launchDeadlineMs = 60_000;

/** For the top of a test file: starts the browser before its tests and closes it after them. */
export function useBrowser(): Pick<TestBrowser, 'newPage'> {
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  }, launchDeadlineMs);
  afterAll(() => browser?.close());
  return {
    newPage: async (options) => {
      if (!browser) throw new Error('the browser starts before the first test, not while the file is read');
      return browser.newPage(options);
    },
  };
}

export async function openBrowser(): Promise<TestBrowser> {
  const prepared = process.env['TEST_CHROMIUM'];
  if (!prepared) throw new Error(process.env['TEST_CHROMIUM_ERROR'] ?? 'no Chromium: this runs only under jest');
  const { executablePath, args, env } = JSON.parse(prepared) as Chromium;
  const browser = await chromium.launch({ executablePath, args: [...args], env: { ...process.env, ...env }, timeout: launchDeadlineMs });
  return { newPage: (options) => newPage(browser, options), close: () => browser.close() };
}

async function newPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const { viewport = { width: 1280, height: 800 }, language = 'vi-VN', javaScript = true } = options;
  const context = await browser.newContext({ viewport, locale: language, timezoneId: 'Asia/Ho_Chi_Minh', javaScriptEnabled: javaScript });
  return context.newPage();
}
