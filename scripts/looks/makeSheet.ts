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
  const pieces = rows.map((row) =>
    row.map(({ png, width, height }) => ({
      width,
      height,
      url: `data:image/png;base64,${png.toString('base64')}`,
    })),
  );
  const page = await browser.newPage();
  const sheet = await page.evaluate(
    async ({ pieces, gap, quality }) => {
      const widthOf = (row: (typeof pieces)[number]) =>
        row.reduce((sum, { width }) => sum + width + gap, gap);
      const heightOf = (row: (typeof pieces)[number]) => Math.max(...row.map(({ height }) => height)) + gap;
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(...pieces.map(widthOf));
      canvas.height = pieces.reduce((sum, row) => sum + heightOf(row), gap);
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#8a8780';
      context.fillRect(0, 0, canvas.width, canvas.height);
      let y = gap;
      for (const row of pieces) {
        let x = gap;
        for (const { url, width } of row) {
          const image = new Image();
          image.src = url;
          await image.decode();
          context.drawImage(image, x, y);
          x += width + gap;
        }
        y += heightOf(row);
      }
      return canvas.toDataURL('image/webp', quality);
    },
    { pieces, gap: GAP, quality: QUALITY },
  );
  await page.close();
  return Buffer.from(sheet.slice(sheet.indexOf(',') + 1), 'base64');
}
