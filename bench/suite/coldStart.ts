import type { Page } from 'playwright';
import type { Benchmark } from '../benchmark.ts';
import { firstStep, openSite, answerButton } from '../hosts/page.ts';
import type { Measurement } from '../result.ts';
import { summary } from '../summary.ts';

const BACKENDS = ['wasm', 'webgpu'] as const;

/** How long a person looks at the page before answering: while it is idle, WebGPU's kernels are compiled. */
const WAITS = [
  { how: 'pressed at once', seconds: 0 },
  { how: 'after 15 s of reading', seconds: 15 },
] as const;

const now = () => performance.now() / 1000;

export const coldStart: Benchmark = {
  name: 'cold-start',
  title: 'Cold start: the built page with nothing in its caches, WebGPU without a GPU',
  async run({ quick }) {
    const repetitions = quick ? 1 : 5;
    const measurements: Measurement[] = [];
    const settings: Record<string, string | number> = { repetitions };
    const site = await openSite();
    settings['browser'] = site.browser;
    try {
      for (const backend of BACKENDS) {
        const usable: number[] = [];
        const painted: number[] = [];
        const waits = backend === 'webgpu' ? WAITS : WAITS.slice(0, 1);
        const firsts = waits.map(({ how, seconds }) => ({ how, seconds, first: [] as number[] }));
        try {
          for (let i = 0; i < repetitions; i++) {
            for (const { seconds, first } of firsts) {
              const page = await site.freshPage();
              const times = await start(page, `${site.url}?backend=${backend}`, seconds);
              usable.push(times.usable);
              painted.push(times.painted);
              first.push(times.first);
              await page.context().close();
            }
          }
          measurements.push(
            summary(`first paint after navigation (${backend}), by the browser`, painted, 's'),
            summary(`page usable after navigation (${backend})`, usable, 's'),
            ...firsts.map(({ how, first }) =>
              summary(`first step after the answer on ${backend}, ${how}`, first, 's'),
            ),
          );
        } catch (error) {
          settings[`${backend} failed`] = String(error).split('\n')[0]!;
        }
      }
    } finally {
      await site.close();
    }
    return { settings, measurements };
  },
};

declare global {
  interface Window {
    /** Milliseconds of the page's clock. */
    pressedAt?: number;
    steppedAt?: number;
  }
}

/** The page's own clock times the first step: from the press to the step that it shows. The driver's own delays do not count. */
async function start(
  page: Page,
  url: string,
  reading: number,
): Promise<Record<'usable' | 'painted' | 'first', number>> {
  await page.addInitScript(() => {
    document.addEventListener('click', () => (window.pressedAt ??= performance.now()), { capture: true });
    new MutationObserver(() => {
      if (document.querySelector('.lane:not([data-step="0"])')) window.steppedAt ??= performance.now();
    }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-step'] });
  });
  const opened = now();
  await page.goto(url);
  await answerButton(page).waitFor();
  const usable = now() - opened;
  await page.waitForTimeout(1000 * reading);
  await answerButton(page).click();
  await firstStep(page, 60);
  const milliseconds = await page.evaluate(() => (window.steppedAt ?? NaN) - (window.pressedAt ?? NaN));
  const painted = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  );
  return { usable, painted: painted / 1000, first: milliseconds / 1000 };
}
