/** How long it takes from the press that asks for nets that come with the page until the first view of them is painted. */
import type { Page } from 'playwright';
import type { Benchmark } from '../benchmark.ts';
import { openSite } from '../hosts/page.ts';
import { summary } from '../summary.ts';

const sets = {
  'plain-20': ['plain-20'],
  'plain-20 and ResNet-20': ['plain-20', 'resnet-20'],
  'all four': ['plain-20', 'plain-56', 'resnet-20', 'resnet-56'],
} as const;

export const opening: Benchmark = {
  name: 'opening',
  title: 'Opening the first view into nets that come with the page (WASM, Chromium)',
  async run({ quick }) {
    const repetitions = quick ? 1 : 5;
    const site = await openSite();
    try {
      const measurements = [];
      for (const [label, names] of Object.entries(sets)) {
        const first: number[] = [];
        const moment: number[] = [];
        for (let i = 0; i < repetitions; i++) {
          const page = await site.freshPage();
          await only(page, names);
          await page.goto(`${site.url}?backend=wasm#/lab`);
          await page.getByRole('tab', { name: 'Inside' }).click();
          // The first of the views that needs their weights.
          await page
            .locator('.inside-views')
            .getByRole('button', { name: /^Signal by depth/ })
            .click();
          // What is fetched ahead in quiet moments has come, and the untrained nets of the form are there.
          await page.locator('.view-summary').waitFor();
          await page.waitForTimeout(3000);
          const press = page.getByRole('button', { name: 'Look into four trained nets', exact: true });
          first.push(await untilSeen(page, '.inside-offer button', () => press.click()));
          const slider = page.locator('.inside-moment input');
          moment.push(await untilSeen(page, '.inside-moment input', () => slider.press('Home')));
          await page.context().close();
        }
        measurements.push(summary(`${label}: signal by depth, from the press`, first, 'ms'));
        measurements.push(summary(`${label}: the same at another moment`, moment, 'ms'));
      }
      return { settings: { browser: site.browser, repetitions, backend: 'wasm', network: 'none: the same machine' }, measurements }; // prettier-ignore
    } finally {
      await site.close();
    }
  },
};

/** Has the page's list hold these nets alone. */
async function only(page: Page, names: readonly string[]): Promise<void> {
  await page.route('**/nets/index.json', async (route) => {
    const response = await route.fetch();
    const index = (await response.json()) as { nets: { name: string }[] };
    const nets = index.nets.filter(({ name }) => names.includes(name));
    await route.fulfill({ json: { ...index, nets } });
  });
}

/** Milliseconds from what `act` does to the element until another summary than the present one is painted. */
async function untilSeen(page: Page, selector: string, act: () => Promise<void>): Promise<number> {
  const waiting = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const before = document.querySelector('.view-summary')?.textContent;
        const watch = {
          begun: 0,
          look(): void {
            const now = document.querySelector('.view-summary')?.textContent;
            // Painted is what was there in the frame before.
            if (now !== undefined && now !== before)
              requestAnimationFrame(() => resolve(performance.now() - watch.begun));
            else requestAnimationFrame(() => watch.look());
          },
          handleEvent({ timeStamp }: Event): void {
            watch.begun = timeStamp;
            watch.look();
          },
        };
        for (const kind of ['click', 'keydown'])
          document.querySelector(wanted)?.addEventListener(kind, watch, { once: true, capture: true });
      }),
    selector,
  );
  await act();
  return waiting;
}
