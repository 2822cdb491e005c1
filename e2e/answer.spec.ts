/**
 * The whole way of someone who comes for the first time: the question, an answer, training, a verdict about depth, what comes
 * next, its training, and a verdict about depth with shortcuts. By mouse, by keyboard and by touch, without a word of help. Real
 * CIFAR-10, real training, in the smallest form in which both verdicts come out.
 */
import { expect, test, type Locator, type Page } from 'playwright/test';
import { button } from './framePage.ts';
import { expectAccessible, expectFocus, listen, PRESSABLE, PRIMARY, saidBy, tooSmall } from './walkChecks.ts';

/** Four filters, batches of 32, 100 steps, seed 1. */
const SMALL = '#e=1p20x4,p56x4;n100;b32;a;x';
const STEPS = 100;
/** On a machine that is busy with other things. */
const PATIENCE = { timeout: 90_000 };

const answer = (page: Page) => page.getByRole('button', { name: 'Fifty-six layers', exact: true });
const next = (page: Page) => page.getByRole('group', { name: 'Next' }).getByRole('button');
const verdict = (page: Page) => page.locator('.verdict');
const lane = (page: Page, name: string) => page.locator('.lane').filter({ has: page.getByText(name, { exact: true }) }); // prettier-ignore
const stepOf = async (page: Page, name: string) => Number(await lane(page, name).getAttribute('data-step'));

/** The start, as it opens; what an answer trains is made small by a link, which is the one thing here that a visitor does not do. */
async function open(page: Page): Promise<void> {
  await listen(page);
  await page.goto('./?backend=wasm');
  await expect(answer(page)).toBeVisible();
  await page.evaluate((hash) => (location.hash = hash), SMALL);
  await expect(page.locator('.lane')).toHaveCount(2);
  await page.goBack();
  await expect(answer(page)).toBeVisible();
}

interface Hand {
  readonly press: (target: Locator) => Promise<void>;
  readonly by: 'keyboard' | 'pointer';
  /** What is done, or looked at, at each stage beside the way itself. */
  readonly at?: Partial<Readonly<Record<'start' | 'training' | 'verdict' | 'twins' | 'end', () => Promise<void>>>>; // prettier-ignore
}

async function walk(page: Page, { press, by, at = {} }: Hand): Promise<void> {
  /** Nets of these names train: their chips and the title of the tab tell how far they are. */
  const trains = async (...names: readonly string[]) => {
    for (const name of names) await expect.poll(() => stepOf(page, name), PATIENCE).toBeGreaterThan(0);
    const before = await stepOf(page, names[0]!);
    await expect.poll(() => stepOf(page, names[0]!), PATIENCE).toBeGreaterThan(before);
  };
  const titles = new RegExp(`^(plain|ResNet)-(20|56) \\d+/${STEPS} \u00b7 Residual Playground$`);

  await test.step('the start', async () => {
    await at.start?.();
    await press(answer(page));
    await expect(page.locator('main')).toHaveAccessibleName(/^Twenty layers or fifty-six/);
    await expectFocus(page, by, /Twenty layers or fifty-six|Pause/);
  });
  await test.step('both nets train', async () => {
    await trains('plain-20', 'plain-56');
    await expect(page).toHaveTitle(titles);
    await expectFocus(page, by);
    await at.training?.();
    await expectFocus(page, by);
  });
  await test.step('the verdict about depth, and what was answered', async () => {
    await expect(next(page).first()).toBeVisible(PATIENCE);
    await expect(verdict(page)).toContainText(/Plain-56 makes \d+\.\d points more errors on its own training images than plain-20/); // prettier-ignore
    const answered = page.getByRole('status', { name: 'Your answer' });
    // Its number stands in the verdict beside it.
    await expect(answered).toHaveText('You said fifty-six. It came out the other way.');
    await expectFocus(page, by);
    await expect(page).toHaveTitle('Done \u00b7 Residual Playground');
    await at.verdict?.();
  });
  await test.step('the next thing: its twins train, and the plain nets are not trained again', async () => {
    await expect(next(page).first()).toHaveText('Add the same nets with shortcuts');
    await expect(next(page).first()).toHaveAccessibleDescription(/^Their residual twins/);
    await press(next(page).first());
    await expectFocus(page, by, /Pause/);
    await trains('ResNet-20', 'ResNet-56');
    expect([await stepOf(page, 'plain-20'), await stepOf(page, 'plain-56')]).toEqual([STEPS, STEPS]);
    await at.twins?.();
    await expectFocus(page, by);
  });
  await test.step('the verdict about depth with shortcuts', async () => {
    await expect(next(page).first()).toBeVisible(PATIENCE);
    await expect(verdict(page)).toContainText(/ResNet-56 is \d+\.\d points behind ResNet-20 so far/);
    await expect(verdict(page)).toContainText(/Plain-56 makes \d+\.\d points more errors/);
    await expect(page.locator('#lab-heading')).toHaveText('Do skip connections let the same depth learn?');
    await expectFocus(page, by);
    await at.end?.();
  });

  await test.step('all of it was read out, and a claim once only', async () => {
    // What came at once is one text.
    const milestones = (await saidBy(page, '')).join(' ');
    expect(milestones.match(/Training has started\./g)).toHaveLength(2);
    for (const name of ['plain-20', 'plain-56', 'ResNet-20', 'ResNet-56'])
      expect(milestones).toContain(`${name}: Done: ${STEPS} steps.`);
    const verdicts = await saidBy(page, 'Verdict');
    expect(verdicts.join('\n')).toMatch(/In training error plain-56 is behind plain-20\.[^]*In training error ResNet-56 is behind ResNet-20\./); // prettier-ignore
    // It changes with the kind of the claim, and not with its numbers.
    expect(verdicts.filter((text, i) => text === verdicts[i - 1] || /\d%|\d points/.test(text))).toEqual([]);
    expect((await saidBy(page, 'Your answer'))[0]).toMatch(/^You said fifty-six\./);
  });
}

test('by keyboard alone, and axe finds nothing at any stage', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  /** Tab, and nothing else, until it is there; each stop on the way is one. */
  const goTo = async (target: Locator, tab: 'Tab' | 'Shift+Tab' = 'Tab') => {
    for (let i = 0; i < 60; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press(tab);
      await expectFocus(page, 'keyboard');
    }
    throw new Error('Tab does not lead there');
  };
  const key = async (name: string, focus: RegExp) => {
    await page.keyboard.press(name);
    await expectFocus(page, 'keyboard', focus);
  };
  let presses = 0;
  const stages = ['start', 'verdict', 'twins', 'end'] as const;
  const looks = stages.map((stage) => [stage, () => expectAccessible(page, stage)] as const);
  await walk(page, {
    by: 'keyboard',
    press: async (target) => {
      await goTo(target);
      await page.keyboard.press(presses++ % 2 ? 'Space' : 'Enter');
    },
    at: {
      ...Object.fromEntries(looks),
      training: async () => {
        await expectAccessible(page, 'training');
        // In no control, as after an answer, Space pauses.
        await key('Space', /Twenty layers or fifty-six/);
        await expect(page).toHaveTitle(/^Paused: /);
        await goTo(button(page, 'Menu of plain-56'));
        await key('ArrowDown', /./);
        await expect(page.getByRole('menu')).toBeVisible();
        await key('Escape', /Menu of plain-56/);
        await goTo(page.getByRole('tab', { name: 'Curves' }));
        await key('ArrowRight', /Inside/);
        await key('ArrowLeft', /Curves/);
        await goTo(button(page, 'Resume'), 'Shift+Tab');
        await key('Enter', /Pause/);
      },
    },
  });
});

test.describe('on a telephone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  test('by touch', async ({ page }) => {
    await open(page);
    /** All that can be pressed is large enough, and nothing scrolls sideways. */
    const fits = async () => {
      expect(await page.evaluate(() => matchMedia('(pointer: coarse) and (hover: none)').matches)).toBe(true);
      expect.soft(await tooSmall(page, PRESSABLE, 24)).toEqual([]);
      expect.soft(await tooSmall(page, PRIMARY, 44)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0); // prettier-ignore
    };
    await walk(page, {
      by: 'pointer',
      press: (target) => target.tap(),
      at: {
        start: fits,
        training: async () => {
          await fits();
          await button(page, 'Pause').tap();
          await expectFocus(page, 'pointer', /Resume/);
          await button(page, 'Resume').tap();
          await expectFocus(page, 'pointer', /Pause/);
        },
        verdict: fits,
        twins: fits,
        end: fits,
      },
    });
  });
});
