import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firefox, webkit, type LaunchOptions } from 'playwright';
import { readFiles } from './readFiles.ts';
import type { WalkDriver } from './walkDriver.ts';

/**
 * A browser that Playwright drives: its own build, or with `executablePath` a Firefox as the system has it, by WebDriver
 * BiDi. Throws if it does not start.
 */
export async function openPlaywright(
  engine: 'firefox' | 'webkit',
  executablePath?: string,
): Promise<WalkDriver> {
  // Over BiDi a download is no event: it is a file in this folder.
  const downloadsPath = mkdtempSync(join(tmpdir(), 'walk-'));
  const options: LaunchOptions = { downloadsPath, timeout: 60_000 };
  if (executablePath !== undefined) Object.assign(options, { executablePath, channel: 'moz-firefox' });
  const removeFolder = () => rmSync(downloadsPath, { recursive: true, force: true });
  try {
    const browser = await { firefox, webkit }[engine].launch(options);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return {
      browser: `${engine === 'firefox' ? 'Firefox' : 'WebKit'} ${browser.version()}`,
      open: async (url) => {
        await page.goto(url);
      },
      evaluate: (inPage) => page.evaluate(inPage),
      press: (name) => page.getByRole('button', { name, exact: true }).click({ timeout: 60_000 }),
      saved: () => readFiles(downloadsPath),
      screenshot: () => page.screenshot(),
      async close() {
        await browser.close();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}
