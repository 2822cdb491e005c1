/** How long it takes from a press until a view is painted: of the nets of the form, then of nets that come with the page. */
import type { Page } from 'playwright';
import type { Benchmark } from '../benchmark.ts';
import { openSite } from '../hosts/page.ts';
import { summary } from '../summary.ts';

const sets = {
  'ResNet-20': ['resnet-20'],
  'all four': ['plain-20', 'plain-56', 'resnet-20', 'resnet-56'],
} as const;

export const opening: Benchmark = {
  name: 'opening',
  title: 'Opening views into nets that come with the page (WASM, Chromium)',
  async run({ quick }) {
    const repetitions = quick ? 1 : 3;
    const site = await openSite();
    try {
      const measurements = [];
      for (const [label, names] of Object.entries(sets)) {
        const rounds: Awaited<ReturnType<typeof openViews>>[] = [];
        for (let i = 0; i < repetitions; i++) {
          const page = await site.freshPage();
          await only(page, names);
          await page.goto(`${site.url}?backend=wasm#/lab`);
          rounds.push(await openViews(page));
          await page.context().close();
        }
        const of = (key: keyof (typeof rounds)[number]) => rounds.map((round) => round[key]);
        measurements.push(
          summary(`${label}: from the press on Inside to architecture of untrained nets`, of('inside'), 'ms'),
          summary(`${label}: from the press on trained nets to their architecture`, of('supplied'), 'ms'),
          summary(`${label}: from the press on Signal to signal by depth, first time`, of('signal'), 'ms'),
          summary(`${label}: the same until it is whole`, of('whole'), 'ms'),
          summary(`${label}: signal by depth at another moment`, of('moment'), 'ms'),
        );
      }
      return { settings: { browser: site.browser, repetitions, backend: 'wasm', network: 'none: the same machine' }, measurements }; // prettier-ignore
    } finally {
      await site.close();
    }
  },
};

/** Milliseconds of each press on the way, one after the other. */
async function openViews(page: Page) {
  const tab = page.getByRole('tab', { name: 'Inside' });
  await tab.waitFor();
  // What is fetched ahead in quiet moments has come.
  await page.waitForTimeout(2000);
  const inside = await seenAfter(page, '[role=tab]', () => tab.click());
  const press = page.getByRole('button', { name: 'Look into four trained nets', exact: true });
  const supplied = await seenAfter(page, '.inside-offer button', () => press.click());
  const button = page.locator('.inside-views').getByRole('button', { name: /^Signal by depth/ });
  const signal = await seenAfter(page, '.inside-views button', () => button.click());
  const slider = page.locator('.inside-moment input');
  const moment = await seenAfter(page, '.inside-moment input', () => slider.press('Home'));
  return {
    inside: inside.first,
    supplied: supplied.first,
    signal: signal.first,
    whole: signal.whole,
    moment: moment.first,
  };
}

/** Has the page's list hold these nets alone. */
async function only(page: Page, names: readonly string[]): Promise<void> {
  await page.route('**/nets/index.json', async (route) => {
    const response = await route.fetch();
    const index = (await response.json()) as { nets: { name: string }[] };
    const nets = index.nets.filter(({ name }) => names.includes(name));
    await route.fulfill({ json: { ...index, nets } });
  });
}

interface Seen {
  /** Milliseconds from what was done until another summary than the one before is painted. */
  readonly first: number;
  /** The same until nothing more is computed. */
  readonly whole: number;
}

/** What comes of what `act` does to one of these elements. */
async function seenAfter(page: Page, selector: string, act: () => Promise<void>): Promise<Seen> {
  const waiting = page.evaluate(
    (wanted) =>
      new Promise<Seen>((resolve) => {
        const before = document.querySelector('.view-summary')?.textContent;
        const watch = {
          begun: 0,
          first: 0,
          look(): void {
            const now = document.querySelector('.view-summary')?.textContent;
            const passed = performance.now() - watch.begun;
            // Painted is what was there in the frame before.
            const isWhole = watch.first > 0 && document.querySelector('.view-tools progress') === null;
            if (isWhole) resolve({ first: watch.first, whole: passed });
            else requestAnimationFrame(() => watch.look());
            if (watch.first === 0 && now !== undefined && now !== before)
              requestAnimationFrame(() => (watch.first = performance.now() - watch.begun));
          },
          handleEvent({ timeStamp }: Event): void {
            if (watch.begun > 0) return;
            watch.begun = timeStamp;
            watch.look();
          },
        };
        for (const element of document.querySelectorAll(wanted))
          for (const kind of ['click', 'keydown'])
            element.addEventListener(kind, watch, { once: true, capture: true });
      }),
    selector,
  );
  await act();
  return waiting;
}
