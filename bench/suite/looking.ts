import type { Page } from 'playwright';
import { parseExperiment } from '../../src/model/config.ts';
import { encodeExperiment } from '../../src/model/link.ts';
import type { Benchmark } from '../benchmark.ts';
import { firstStep, laneSteps, openSite, trainButton } from '../hosts/page.ts';
import { summary } from '../summary.ts';

/** Nets that a page trains without being asked twice, a pair; for long, and without tests on the way, which would slow one turn and not the other. */
const experiment = parseExperiment({
  lanes: [
    { id: 'plain-20', model: { depth: 20, block: 'plain', width: 8 } },
    { id: 'resnet-20', model: { depth: 20, block: 'basic', shortcut: 'A', width: 8 } },
  ],
  recipe: {
    steps: 1_000_000,
    batchSize: 64,
    optimizer: { learningRate: 0.1, momentum: 0.9 },
    evaluation: { every: 0, images: 100, atEnd: false },
  },
});

/** The view that looks again by itself, and one that waits until it is told to: the page is the same beside them. */
const LIVE = 'Signal by depth';
const STILL = 'Loss landscape';

export const looking: Benchmark = {
  name: 'looking',
  title: 'What a live view into the nets costs training (two lanes, WASM, Chromium)',
  async run({ quick }) {
    const [looks, turns] = quick ? [1, 1] : [2, 4];
    const site = await openSite();
    try {
      const page = await site.freshPage();
      await countLooks(page);
      await page.goto(`${site.url}?backend=wasm#${encodeExperiment(experiment)}`);
      await trainButton(page).click();
      await firstStep(page, 120);
      await page.getByRole('tab', { name: 'Inside' }).click();
      const rates: { live: number; still: number; seconds: number }[] = [];
      // The first turn warms up: what is compiled, and the first look.
      for (let turn = 0; turn <= turns; turn++) {
        await open(page, LIVE);
        // To the end of a look, each after the time that the page waits for it: as many looks as waits.
        const live = await rateOver(page, () => looksMore(page, looks));
        await open(page, STILL);
        const still = await rateOver(page, () => page.waitForTimeout(1000 * live.seconds));
        if (still.looks > 0) throw new Error('what should stand still looked into the nets');
        if (turn > 0) rates.push({ live: live.rate, still: still.rate, seconds: live.seconds / looks });
      }
      // What slows the machine slows a turn and the one after it.
      const ratios = rates.map(({ live, still }) => live / still);
      const of = (key: keyof (typeof rates)[number]) => rates.map((rate) => rate[key]);
      return {
        settings: { host: site.browser, looksEach: looks, turns, lanes: experiment.lanes.length },
        measurements: [
          summary('a step with the signal view live / without', ratios.map((ratio) => 1 / ratio), 'times as long'), // prettier-ignore
          summary('training lost to it', ratios.map((ratio) => 100 * (1 - ratio)), '%'), // prettier-ignore
          summary('from one look to the next', of('seconds'), 's'),
          summary('steps without', of('still'), 'a second'),
          summary('steps with it', of('live'), 'a second'),
        ],
      };
    } finally {
      await site.close();
    }
  },
};

/** Counts what is asked of the worker that looks into nets. */
const countLooks = (page: Page) =>
  page.addInitScript(() => {
    const counted = { looks: 0 };
    Object.assign(window, { counted });
    const post = Reflect.get(Worker.prototype, 'postMessage') as (...sent: unknown[]) => void;
    Worker.prototype.postMessage = function (this: Worker, ...sent: unknown[]) {
      const [message] = sent as [{ kind?: string } | undefined];
      if (message?.kind === 'look') counted.looks++;
      post.apply(this, sent);
    };
  });

type Counting = Window & { readonly counted: { readonly looks: number } };

const looksSoFar = (page: Page) => page.evaluate(() => (window as unknown as Counting).counted.looks);

/** Waits until it was looked so many times more. A slow machine looks seldom: after twenty times what a look takes. */
async function looksMore(page: Page, more: number): Promise<void> {
  const until = (await looksSoFar(page)) + more;
  const options = { polling: 50, timeout: 300_000 * more };
  await page.waitForFunction(
    (looks) => (window as unknown as Counting).counted.looks >= looks,
    until,
    options,
  );
  await page.waitForFunction(() => document.querySelector('.view-tools progress') === null, null, options);
}

async function open(page: Page, view: string): Promise<void> {
  await page.locator('.inside-views button', { hasText: view }).click();
  await page.locator('.inside-view h2').waitFor();
}

/** Steps of both lanes a second while `wait` goes on, and how often it was looked. */
async function rateOver(page: Page, wait: () => Promise<void>) {
  const read = async () => ({
    at: performance.now() / 1000,
    steps: (await laneSteps(page)).reduce((sum, lane) => sum + lane, 0),
    looks: await looksSoFar(page),
  });
  const before = await read();
  await wait();
  const after = await read();
  const seconds = after.at - before.at;
  return { rate: (after.steps - before.steps) / seconds, looks: after.looks - before.looks, seconds };
}
