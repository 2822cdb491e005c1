/** The nets' answers to test images and to a person's own picture, and their weights, in the page as it is served. */
import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { expect, test, type Page } from 'playwright/test';
import { button, ended, opened } from './framePage.ts';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera] });
  },
});

const LINK = './?backend=wasm#e=1p8x2,r8x2;n60;b16;x';

async function look(page: Page, view: string): Promise<void> {
  await page.getByRole('tab', { name: 'Inside' }).click();
  await page.locator('.inside-views button', { hasText: view }).click();
  await expect(page.locator('.view-picture')).toBeVisible({ timeout: 60_000 });
}
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check();
const summary = (page: Page) => page.locator('.view-summary');
const fileInput = (page: Page) => page.locator('.picture-picker input[type=file]');

async function axeClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.inside').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Orange on the left of its middle square, blue on its right; black beside that square. */
function photo(): Buffer {
  const png = new PNG({ width: 300, height: 200 });
  for (let y = 0; y < 200; y++)
    for (let x = 0; x < 300; x++) {
      const colour = x < 50 || x >= 250 ? [0, 0, 0] : x < 150 ? [250, 120, 10] : [10, 60, 200];
      png.data.set([...colour, 255], 4 * (y * 300 + x));
    }
  return PNG.sync.write(png);
}

/** The picture that the nets were shown, as pixels. */
async function shownPixels(page: Page): Promise<Uint8Array> {
  const href = await page.locator('.view-picture image').first().getAttribute('href');
  const { data, width } = PNG.sync.read(Buffer.from(href!.split(',')[1]!, 'base64'));
  expect(width).toBe(32);
  return data;
}
const pixel = (pixels: Uint8Array, x: number, y: number) => Array.from(pixels.subarray(4 * (32 * y + x), 4 * (32 * y + x) + 3)); // prettier-ignore

test('nets answer test images and one\u2019s own picture, which stays in the page', async ({ page }) => {
  test.setTimeout(240_000);
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      Object.assign(window, { cameraTracks: stream.getTracks() });
      return stream;
    };
  });
  await opened(page, LINK);
  await button(page, 'Train').click();
  await ended(page);
  await look(page, 'Predictions');
  await expect(summary(page)).toContainText('Wrong of the first 1,000 test images: plain-8', {
    timeout: 60_000,
  });
  await expect(page.locator('.view-picture image').first()).toBeVisible();
  await page
    .getByRole('combobox', { name: 'Which images' })
    .selectOption({ label: 'Surest mistakes of ResNet-8' });
  await expect(page.locator('.view-picture')).toHaveAttribute(
    'aria-label',
    /^Surest mistakes of ResNet-8: \d{3} images$/,
  );
  for (const [part, said] of [
    ['Confusion', 'Most often taken for another'],
    ['Classes', 'errs least on'],
    ['Calibration', 'Expected calibration error'],
  ] as const) {
    await choose(page, part);
    await expect(summary(page)).toContainText(said);
  }
  // The confusion matrix that is saved holds every image of both nets once.
  await choose(page, 'Confusion');
  await axeClean(page);
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'JSON').click()]);
  const { rows } = JSON.parse(readFileSync(await download.path(), 'utf8')) as { rows: { images: number }[] };
  expect(rows).toHaveLength(200);
  expect(rows.reduce((sum, { images }) => sum + images, 0)).toBe(2_000);

  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await choose(page, 'Your picture');
  await expect(page.locator('.view-picture')).toContainText('An example from the test images: cat.', { timeout: 30_000 }); // prettier-ignore
  await fileInput(page).setInputFiles({ name: 'holiday.png', mimeType: 'image/png', buffer: photo() });
  await expect(page.locator('.picture-said')).toHaveText(
    'holiday.png was taken: its middle square, 32\u00d732.',
  );
  await expect(page.locator('.view-picture')).not.toContainText('An example');
  const pixels = await shownPixels(page);
  expect([pixel(pixels, 0, 0), pixel(pixels, 15, 31)]).toEqual([[250, 120, 10], [250, 120, 10]]); // prettier-ignore
  expect([pixel(pixels, 16, 0), pixel(pixels, 31, 31)]).toEqual([[10, 60, 200], [10, 60, 200]]); // prettier-ignore
  const mine = await summary(page).textContent();
  await axeClean(page);

  // What cannot be taken is refused by its reason, and the picture before it stays.
  const gif = Buffer.from('R0lGODlhAQABAPAAAP8AAAAAACH5BAAKAAAALAAAAAABAAEAAAICRAEAIfkEAAoAAAAsAAAAAAEAAQAAAgJEAQA7', 'base64'); // prettier-ignore
  for (const [name, buffer, why] of [
    ['plan.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'plan.svg is a drawing (SVG)'],
    ['notes.jpg', Buffer.from('no picture at all'), 'notes.jpg is no picture'],
    ['party.gif', gif, 'party.gif is animated'],
    ['half.png', photo().subarray(0, 120), 'this browser cannot read it'],
    ['none.png', Buffer.alloc(0), 'none.png is empty'],
  ] as const) {
    await fileInput(page).setInputFiles({ name, mimeType: 'image/png', buffer });
    await expect(page.locator('.picture-said[role=alert]')).toContainText(why);
    await expect(page.locator('.picture-said')).toContainText('Nothing has changed.');
    await expect(summary(page)).toHaveText(mine ?? '');
  }

  // Dropped, and pasted.
  await button(page, 'Remove it').click();
  await expect(page.locator('.view-picture')).toContainText('An example');
  for (const [way, said] of [
    ['drop', 'dropped.png was taken'],
    ['paste', 'The pasted picture was taken'],
  ] as const) {
    await page.evaluate(
      ({ bytes, kind }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(bytes)], 'dropped.png', { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        document.body.dispatchEvent(
          kind === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: transfer })
            : new ClipboardEvent('paste', { ...options, clipboardData: transfer }),
        );
      },
      { bytes: [...photo()], kind: way },
    );
    await expect(page.locator('.picture-said')).toContainText(said);
  }
  await expect(summary(page)).toHaveText(mine ?? '', { timeout: 30_000 });

  // By keyboard, from the camera, which is let go.
  await button(page, 'Camera').focus();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Take the picture')).toBeEnabled({ timeout: 30_000 });
  await button(page, 'Take the picture').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.picture-said')).toContainText('The camera\u2019s picture was taken');
  await expect(summary(page)).not.toHaveText(mine ?? '', { timeout: 30_000 });
  const states = await page.evaluate(() =>
    (window as unknown as { cameraTracks: MediaStreamTrack[] }).cameraTracks.map(
      ({ readyState }) => readyState,
    ),
  );
  expect(states).toEqual(['ended']);
  await expect(button(page, 'Camera')).toBeFocused();
  // Nothing of it went anywhere, nor into the address.
  const origin = new URL(page.url()).origin;
  expect(requests.filter((url) => /^https?:/.test(url) && !url.startsWith(origin))).toEqual([]);
  // Where the address has a view, Chromium asks for the icon again.
  const own = requests.filter(
    (url) => url.startsWith(origin) && !/\/(assets|datasets)\/|\/favicon\.svg$/.test(url),
  );
  expect(own).toEqual([]);
  expect(page.url().length).toBeLessThan(300);
});

test('weights and activations are counted by layer, and one layer over the kept moments', async ({
  page,
}) => {
  await opened(page, LINK);
  await button(page, 'Train').click();
  await ended(page);
  await look(page, 'Weights and activations');
  await expect(summary(page)).toContainText('Median over the layers, on 32 test images: plain-8', {
    timeout: 60_000,
  });
  await choose(page, 'after ReLU');
  await expect(page.locator('.view-picture')).toContainText('Share of zeros after ReLU');
  await choose(page, 'the moments of one layer');
  await page.getByRole('combobox', { name: 'Layer' }).selectOption('layer2.0.conv1');
  await expect(page.locator('.view-picture')).toContainText('After ReLU of layer2.0.conv1', {
    timeout: 60_000,
  });
  // The ladder's moments, and the end, which is what is looked at.
  for (const step of ['0', '5', '50', '60'])
    await expect(
      page.locator('.view-picture text', { hasText: new RegExp(`^${step}$`) }).first(),
    ).toBeVisible();
  await axeClean(page);
});
