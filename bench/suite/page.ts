import type { Page } from 'playwright';
import { type ExperimentConfig, parseExperiment } from '../../src/model/config.ts';
import { defaultExperiment } from '../../src/model/presets.ts';
import type { DeviceChoice } from '../../src/protocol/protocol.ts';
import type { Benchmark } from '../benchmark.ts';
import type { BenchPage } from '../browser/main.ts';
import { openBrowser } from '../hosts/browser.ts';
import { firstStep, laneSteps, openSite, trainButton } from '../hosts/page.ts';
import { median } from '../../src/model/median.ts';
import { summary } from '../summary.ts';

declare const bench: BenchPage;

const device: DeviceChoice = {
  backend: 'wasm',
  threads: 1,
  hardware: '',
  software: true,
  reason: 'asked-for',
};

/** One lane alone: in lockstep a lane waits for the others too. */
const single = parseExperiment({
  lanes: [{ id: 'resnet-20', model: { depth: 20, width: 8 } }],
  recipe: {
    steps: 5000,
    batchSize: 64,
    optimizer: { learningRate: 0.1, momentum: 0.9 },
    augment: 'paper',
  },
});

/** What the page trains when one presses Train. */
const pair = defaultExperiment('cpu');

export const page: Benchmark = {
  name: 'page',
  title: 'What the dealer and the page cost training (WASM, Chromium)',
  async run({ quick }) {
    const [seconds, repetitions] = quick ? [4, 1] : [15, 5];
    const host = await openBrowser();
    const site = await openSite();
    try {
      const alone = (experiment: ExperimentConfig) =>
        host.page.evaluate(([given, on, limit]) => bench.trainAlone(given, on, limit), [
          experiment,
          device,
          seconds,
        ] as const);
      const dealt = await alone(single);
      const speeds: { alone: number; watched: number; busy: number }[] = [];
      for (let i = 0; i < repetitions; i++) {
        const watched = await watch(await site.freshPage(), site.url, seconds);
        speeds.push({ alone: (await alone(pair)).stepsPerSecond, ...watched });
      }
      const costs = speeds.map((speed) => 100 * (1 - speed.watched / speed.alone));
      return {
        settings: { host: host.device, secondsEach: seconds, repetitions, lanes: pair.lanes.length },
        measurements: [
          {
            label: 'waiting for the dealer, ResNet-20 with 8 filters, batch 64',
            value: 100 * dealt.waiting,
            unit: '%',
          },
          summary('training lost to the page (two lanes)', costs, '%'),
          summary(
            "the page's main thread busy",
            speeds.map(({ busy }) => 100 * busy),
            '%',
          ),
          { label: 'steps without the page', value: median(speeds.map((s) => s.alone)), unit: 'a second' },
          { label: 'steps with the page', value: median(speeds.map((s) => s.watched)), unit: 'a second' },
        ],
      };
    } finally {
      await site.close();
      await host.close();
    }
  },
};

/** Steps a second on the page itself, and how much of the time its main thread worked. */
async function watch(opened: Page, url: string, seconds: number): Promise<{ watched: number; busy: number }> {
  await opened.goto(`${url}?backend=wasm#/lab`);
  await trainButton(opened).click();
  await firstStep(opened, 60);
  const cdp = await opened.context().newCDPSession(opened);
  // Of its own time: what other threads take from it on a full processor is not the page's.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const metric = (name: string) => metrics.find((entry) => entry.name === name)?.value ?? NaN;
    const steps = (await laneSteps(opened)).reduce((sum, lane) => sum + lane, 0);
    return { at: performance.now() / 1000, task: metric('TaskDuration'), steps };
  };
  const before = await read();
  await opened.waitForTimeout(1000 * seconds);
  const after = await read();
  await opened.context().close();
  const elapsed = after.at - before.at;
  return {
    watched: (after.steps - before.steps) / elapsed,
    busy: (after.task - before.task) / elapsed,
  };
}
