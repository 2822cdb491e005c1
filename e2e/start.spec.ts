/** The start: one question, what stands there while its answer trains; and what it is without motion and without its picture. The whole way is answer.spec.ts's. */
import { expect, test, type Page } from 'playwright/test';
import { expectAccessible } from './walkChecks.ts';

const answer = (page: Page, name: 'Twenty layers' | 'Fifty-six layers') =>
  page.getByRole('button', { name, exact: true });

/** The lab has the link of the experiment, and the start says how far it is. */
async function begins(page: Page) {
  await expect(page).toHaveURL(/#e=\d/, { timeout: 30_000 });
  await expect(page.locator('.start')).toHaveCount(0);
  await page.goBack();
  await expect(page.locator('.start-now')).toContainText(/plain-56, step [1-9]\d* of \d+, trains now\./, {
    timeout: 120_000,
  });
  await expect(answer(page, 'Twenty layers')).toHaveCount(0);
  await page.getByRole('button', { name: 'Go and look' }).click();
  await expect(page).toHaveURL(/#e=\d/);
}

test('answered by mouse, both nets train, in the lab', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await answer(page, 'Fifty-six layers').click();
  await begins(page);
});

test('Tab goes from the question to the answers', async ({ page }) => {
  await page.goto('./?backend=wasm');
  await expect(answer(page, 'Twenty layers')).toBeVisible();
  const stops: string[] = [];
  for (let i = 0; i < 40 && !stops.includes('Open the lab'); i++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement?.querySelector('b')?.textContent ?? document.activeElement?.textContent ?? '')); // prettier-ignore
  }
  const order = ['Twenty layers', 'Fifty-six layers', 'Open the lab'];
  expect(stops.filter((stop) => order.includes(stop))).toEqual(order);
});

test.describe('by touch, on a telephone', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });
  test('both answers are reached on the first screen and a half', async ({ page }) => {
    await page.goto('./?backend=wasm');
    const box = await answer(page, 'Fifty-six layers').boundingBox();
    expect(box!.y + box!.height).toBeLessThan(1.5 * 740);
  });
});

test('on a projector all of it is seen without scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('./');
  await expect(page.locator('.start-recorded-curves')).toBeAttached();
  const bottom = await page.locator('.start-below').evaluate((below) => below.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual(720);
});

test('nothing jumps when the picture and the recorded runs come, or do not', async ({ page }) => {
  const tops = () =>
    page.evaluate(() =>
      ['h1', '.start-answers', '.start-net', '.start-layers', '.start-below'].map((selector) => {
        const { x, y, width, height } = document.querySelector(selector)!.getBoundingClientRect();
        return [selector, x, y, width, height];
      }),
    );
  const image = page.locator('.start-photograph img').first();
  await page.goto('./');
  await expect(page.locator('.start-recorded-curves')).toBeAttached();
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalHeight)).toBe(320);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const whole = await tops();
  await page.route(/sample\.png|preview\.json/, (route) => route.abort());
  await page.reload();
  await expect(image).toHaveCount(0);
  await expect(page.locator('.start-recorded-curves')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  expect(await tops()).toEqual(whole);
});

const animations = (page: Page) =>
  page.evaluate(() =>
    document.getAnimations().map((one) => (one instanceof CSSAnimation ? one.animationName : '')),
  );

test('it moves, but not for who wants no motion; then the picture and the curves are there, still and whole', async ({
  page,
}) => {
  await page.goto('./');
  await expect.poll(() => animations(page)).toContain('start-grow');
  expect(await animations(page)).toContain('start-enter');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await animations(page)).toEqual([]);
  const seen = await page.evaluate(() => ({
    photograph: getComputedStyle(document.querySelector('.start-photograph > span')!).display,
    curves: getComputedStyle(document.querySelector('.start-recorded-curves')!).clipPath,
    veil: getComputedStyle(document.querySelector('.start-veil')!).display,
  }));
  expect(seen).toEqual({ photograph: 'block', curves: 'none', veil: 'none' });
});

test('axe finds nothing, and nothing scrolls sideways, light and dark', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  await expect(page.locator('.start-recorded-curves')).toBeAttached();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 720 });
    await expectAccessible(page, `${width} px`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  }
});
