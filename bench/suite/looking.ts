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

/** The page waits so many seconds between two looks at least, and so many times what a look took: see LookInto. */
const LIVE_SECONDS = 8;
const LIVE_TIMES = 20;
/** After so many seconds without a look its worker is ended: that stays as it is. */
const IDLE = 60;
/** Here it waits so long, so that what a look costs stands out. */
const HERE_SECONDS = 1;

export const looking: Benchmark = {
  name: 'looking',
  title: 'What a live view into the nets costs training (two lanes, WASM, Chromium)',
  async run({ quick }) {
    const { turns, seconds } = quick ? { turns: 1, seconds: 20 } : { turns: 6, seconds: 15 };
    const site = await openSite();
    try {
      const page = await site.freshPage();
      await countLooks(page);
      await page.goto(`${site.url}?backend=wasm#${encodeExperiment(experiment)}`);
      await trainButton(page).click();
      await firstStep(page, 120);
      await page.getByRole('tab', { name: 'Inside' }).click();
      const found: { still: Turn; live: Turn }[] = [];
      // The first turn warms up: what is compiled, and the first look.
      for (let turn = 0; turn <= turns; turn++) {
        await open(page, STILL);
        const still = await turnOf(page, seconds);
        await open(page, LIVE);
        const live = await turnOf(page, seconds);
        if (still.looks > 0) throw new Error('what should stand still looked into the nets');
        if (live.looks === 0) throw new Error(`no look was done in ${seconds} seconds`);
        if (turn > 0) found.push({ still, live });
      }
      const took = found.map(({ live }) => live.lookSeconds / live.looks);
      // What slows the machine slows a turn and the one after it.
      const lost = found.map(({ still, live }) => ((1 - live.rate / still.rate) * live.seconds) / live.looks);
      const interval = took.map((one) => Math.max(LIVE_SECONDS, LIVE_TIMES * one) + one);
      return {
        settings: { host: site.browser, turns, seconds, lanes: experiment.lanes.length, waitedHere: HERE_SECONDS }, // prettier-ignore
        measurements: [
          summary('training lost to the signal view as often as the page looks', lost.map((one, i) => (100 * one) / interval[i]!), '%'), // prettier-ignore
          summary('from one look to the next on the page', interval, 's'),
          summary('a look', took, 's'),
          summary('training that a look costs both lanes', lost.map((one) => 1000 * one), 'ms'), // prettier-ignore
          summary('steps without', found.map(({ still }) => still.rate), 'a second'), // prettier-ignore
          summary(`steps with a look ${HERE_SECONDS} s after the last`, found.map(({ live }) => live.rate), 'a second'), // prettier-ignore
        ],
      };
    } finally {
      await site.close();
    }
  },
};

/** Notes when a look begins (the first lane is asked for its weights) and when its answer has come; and has them follow one another sooner. */
const countLooks = (page: Page) =>
  page.addInitScript(
    ([waits, idle, here]) => {
      const counted = { looks: 0, seconds: 0, begun: 0, heard: new WeakSet<Worker>() };
      Object.assign(window, { counted });
      const post = Reflect.get(Worker.prototype, 'postMessage') as (...sent: unknown[]) => void;
      Worker.prototype.postMessage = function (this: Worker, ...sent: unknown[]) {
        const [message] = sent as [{ kind?: string } | undefined];
        if (message?.kind === 'exportWeights') counted.begun ||= performance.now();
        if (message?.kind === 'look' && !counted.heard.has(this)) {
          counted.heard.add(this);
          this.addEventListener('message', ({ data }: MessageEvent<{ kind?: string }>) => {
            if (data.kind !== 'answer' || counted.begun === 0) return;
            counted.looks++;
            counted.seconds += (performance.now() - counted.begun) / 1000;
            counted.begun = 0;
          });
        }
        post.apply(this, sent);
      };
      const wait = window.setTimeout.bind(window);
      Object.assign(window, {
        // A method: an arrow function that has a name cannot be sent to the page.
        setTimeout(run: TimerHandler, after?: number, ...given: unknown[]): number {
          return wait(run, after !== undefined && after >= waits! && after !== idle ? here : after, ...given);
        },
      });
    },
    [1000 * LIVE_SECONDS, 1000 * IDLE, 1000 * HERE_SECONDS],
  );

interface Counted {
  readonly looks: number;
  /** Of all of them. */
  readonly seconds: number;
  /** When the one under way began; 0 while there is none. */
  readonly begun: number;
}

async function open(page: Page, view: string): Promise<void> {
  await page.locator('.inside-views button', { hasText: view }).click();
  await page.locator('.inside-view h2').waitFor();
}

interface Turn {
  /** Steps of both lanes a second. */
  readonly rate: number;
  readonly looks: number;
  readonly lookSeconds: number;
  readonly seconds: number;
}

/** So many seconds with the view that is open. */
async function turnOf(page: Page, length: number): Promise<Turn> {
  const read = async () => {
    const { looks, seconds } = await page.evaluate(
      () => (window as unknown as { readonly counted: Counted }).counted,
    );
    const steps = (await laneSteps(page)).reduce((sum, lane) => sum + lane, 0);
    return { at: performance.now() / 1000, steps, looks, lookSeconds: seconds };
  };
  // A look that the view before began goes on beside this one.
  await page.waitForFunction(() => (window as unknown as { readonly counted: Counted }).counted.begun === 0);
  const before = await read();
  await page.waitForTimeout(1000 * length);
  const after = await read();
  const seconds = after.at - before.at;
  return {
    rate: (after.steps - before.steps) / seconds,
    looks: after.looks - before.looks,
    lookSeconds: after.lookSeconds - before.lookSeconds,
    seconds,
  };
}
