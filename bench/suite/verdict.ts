import type { Benchmark } from '../benchmark.ts';
import { firstStep, laneSteps, openSite, trainButton } from '../hosts/page.ts';

/** Points between the nets that end the measurement. */
const GAP = 10;

const now = () => performance.now() / 1000;

export const verdict: Benchmark = {
  name: 'verdict',
  title: 'From a cold page to the verdict on the degradation (default experiment)',
  async run({ quick }) {
    const limit = quick ? 90 : 300;
    const site = await openSite();
    try {
      const page = await site.freshPage();
      const opened = now();
      await page.goto(`${site.url}#/lab`);
      await trainButton(page).waitFor();
      await trainButton(page).click();
      await firstStep(page, 60);
      const status = page.locator('[role=status][data-has-verdict=true]');
      await status.waitFor({ timeout: 1000 * limit });
      const said = now() - opened;
      let text = await status.innerText();
      const gap = () => Number(/(\d+(?:\.\d+)?)\s*points/.exec(text)?.[1] ?? 0);
      while (gap() < GAP && now() - opened < limit) {
        await page.waitForTimeout(250);
        text = await status.innerText();
      }
      const reached = now() - opened;
      const steps = (await laneSteps(page)).join(' and ');
      return {
        settings: { browser: site.browser, steps, said: text.split('\n')[0]! },
        measurements: [
          { label: 'first verdict after opening the page', value: said, unit: 's' },
          { label: `gap of at least ${GAP} points said after opening the page`, value: reached, unit: 's' },
        ],
      };
    } finally {
      await site.close();
    }
  },
};
