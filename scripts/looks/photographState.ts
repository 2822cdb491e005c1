import type { Browser, CDPSession, Page } from 'playwright';
import type { PageState } from './pageStates.ts';

/** Of a window, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture of a state. */
export interface Look extends Size {
  readonly scheme: 'light' | 'dark';
  readonly png: Buffer;
}

/** Windows as narrow as this are those of things that are touched. */
const TOUCHED = 800;

/** Pictures of a state at each size, light and dark; what is wrong with the page as such is told to `complain`. */
export async function photographState(
  browser: Browser,
  address: string,
  { search = '', hash, act, seen }: PageState,
  sizes: readonly Size[],
  complain: (fault: string) => void,
): Promise<readonly Look[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const devtools = await page.context().newCDPSession(page);
  page.on('pageerror', (error) => complain(error.message));
  // Its photographs and recordings stand at the root, as they do for the real page.
  await page.route(/testing\/(datasets|recordings)\//, (route) =>
    route.continue({ url: route.request().url().replace('src/app/testing/', '') }),
  );
  await page.goto(`${address}?${search}${hash}`);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.locator('.start, .runs, .chart-surface').first().waitFor();
  await page.waitForTimeout(800);
  await act?.(page);
  // Nothing is pointed at.
  await page.mouse.move(0, 0);
  const looks: Look[] = [];
  // One page throughout, so that every picture is of the same training.
  for (const scheme of ['light', 'dark'] as const) {
    for (const size of sizes) {
      await page.emulateMedia({ colorScheme: scheme });
      await setWindow(page, devtools, size);
      await page.waitForTimeout(400);
      // Axes are drawn once they rest, which takes long on a busy machine.
      await page.waitForFunction(() => !document.querySelector('.chart-frame[data-true="false"]'), null, {
        timeout: 10_000,
      });
      await page.evaluate((wanted) => {
        scrollTo(0, 0);
        const element = wanted === null ? null : document.querySelector(wanted);
        if (element && element.getBoundingClientRect().top > innerHeight / 2) element.scrollIntoView();
        // What grows in once is grown; what goes round goes on.
        for (const animation of document.getAnimations()) {
          if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
        }
      }, seen ?? null);
      await page.waitForTimeout(100);
      looks.push({ ...size, scheme, png: await page.screenshot() });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) complain(`at ${size.width} px it is wider than the window by ${overflow} px`);
    }
  }
  await page.close();
  return looks;
}

/** A window of a projector, or the screen of a phone or a tablet: touched, and its scrollbars lie on the page. */
async function setWindow(page: Page, devtools: CDPSession, { width, height }: Size): Promise<void> {
  await page.setViewportSize({ width, height });
  const mobile = width <= TOUCHED;
  await page.evaluate((gutter) => (document.documentElement.style.scrollbarGutter = gutter), mobile ? 'auto' : ''); // prettier-ignore
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: mobile, maxTouchPoints: 1 });
  await devtools.send('Emulation.setDeviceMetricsOverride', { width, height, mobile, deviceScaleFactor: 1 });
}
