import type { Browser } from 'playwright';
import type { Look, Size } from './photographState.ts';

/** What a sheet shows, of each light and dark. */
export const SHEET_SIZES: readonly Size[] = [
  { width: 1280, height: 720 },
  { width: 360, height: 800 },
  { width: 1024, height: 768 },
];

const GAP = 16;
const QUALITY = 0.82;

/** One WebP of pictures of a state: those for a projector above, light and dark, below them the phone's and the narrow window's. */
export async function makeSheet(browser: Browser, looks: readonly Look[]): Promise<Buffer> {
  const widest = Math.max(...looks.map(({ width }) => width));
  const rows = [looks.filter(({ width }) => width === widest), looks.filter(({ width }) => width !== widest)];
  let [right, bottom] = [0, GAP];
  const pieces = rows.flatMap((row) => {
    let x = GAP;
    const y = bottom;
    const placed = row.map(({ png, width }) => {
      const piece = { url: `data:image/png;base64,${png.toString('base64')}`, x, y };
      x += width + GAP;
      return piece;
    });
    right = Math.max(right, x);
    bottom = y + Math.max(...row.map(({ height }) => height)) + GAP;
    return placed;
  });
  const page = await browser.newPage();
  // A function with a name in it would ask for a helper that the page does not have.
  const sheet = await page.evaluate(
    async ({ pieces, width, height, quality }) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#8a8780';
      context.fillRect(0, 0, width, height);
      for (const { url, x, y } of pieces) {
        const image = new Image();
        image.src = url;
        await image.decode();
        context.drawImage(image, x, y);
      }
      return canvas.toDataURL('image/webp', quality);
    },
    { pieces, width: right, height: bottom, quality: QUALITY },
  );
  await page.close();
  return Buffer.from(sheet.slice(sheet.indexOf(',') + 1), 'base64');
}
