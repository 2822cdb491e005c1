/** The page itself, built (`npm run build`), in a real Chromium. */
import { type Page, chromium } from 'playwright';
import { SOFTWARE_WEBGPU, launchOptions } from '../../scripts/browser.ts';
import { ensureBrowser } from '../../scripts/ensureBrowser.ts';
import { type ServedPage, serve } from '../../scripts/serve.ts';

export interface OpenSite {
  readonly url: string;
  readonly browser: string;
  /** A page that has nothing in its caches. */
  freshPage(): Promise<Page>;
  close(): Promise<void>;
}

/** Serves and opens the built page. WebGPU, where it is asked for, is SwiftShader's. */
export async function openSite(): Promise<OpenSite> {
  return openServed(await serve({ port: 0 }), SOFTWARE_WEBGPU);
}

/** Opens a page that is served already, in a Chromium of its own; closing it closes the server. */
export async function openServed(server: ServedPage, flags: readonly string[] = []): Promise<OpenSite> {
  const browser = await chromium.launch(launchOptions(ensureBrowser(), flags));
  return {
    url: server.resolvedUrls.local[0] ?? '',
    browser: `Chromium ${browser.version()}`,
    freshPage: async () => (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage(),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

export const trainButton = (page: Page) => page.getByRole('button', { name: 'Train', exact: true });

/** One of the two answers at the start: it trains. */
export const answerButton = (page: Page) => page.getByRole('button', { name: 'Twenty layers' });

/** Waits for a lane that has taken a step. */
export const firstStep = (page: Page, seconds: number) =>
  page
    .locator('.lane:not([data-step="0"])')
    .first()
    .waitFor({ timeout: 1000 * seconds });

/** Steps of each lane so far. */
export const laneSteps = (page: Page): Promise<number[]> =>
  page.locator('.lane').evaluateAll((lanes) => lanes.map((lane) => Number(lane.getAttribute('data-step'))));
