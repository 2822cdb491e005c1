/** A chart of the page as an SVG or PNG file. */
import { formats, tick } from '../messages/enCharts.ts';
import { keeping, picture as words, recipeLine } from '../messages/enExport.ts';
import { device as deviceWords } from '../messages/en.ts';
import { calendarDay, integer } from '../messages/format.ts';
import type { AppState } from '../store/appStore.ts';
import { curveSources } from '../store/curveSources.ts';
import { totalSteps } from '../store/progress.ts';
import { buildCurves, lastStepOf, verticalRange, type Quantity } from '../ui/charts/curves.ts';
import { guessing } from '../ui/charts/guessing.ts';
import { lastShownStep } from '../ui/charts/scales.ts';
import { chartSvg, PICTURE_HEIGHT, PICTURE_WIDTH } from './chartSvg.ts';
import { saveFile } from './saveFile.ts';

export type PictureKind = 'svg' | 'png';

/** Saves what the chart shows now, in the colours of the page as it is seen. Gives the file's name. */
export async function saveChart(
  quantity: Quantity,
  kind: PictureKind,
  state: AppState,
  moment: Date,
): Promise<string> {
  const svg = pictureOf(quantity, state, moment);
  const name = keeping.file.chart(quantity, kind);
  if (kind === 'svg') saveFile(svg, 'image/svg+xml', name);
  else saveFile(await rasterise(svg), 'image/png', name);
  return name;
}

function pictureOf(quantity: Quantity, state: AppState, moment: Date): string {
  const { imported, trained, device, view } = state;
  const curves = buildCurves(curveSources(state), quantity, view);
  const recipe = trained?.recipe ?? imported[0]?.config;
  return chartSvg({
    title: words.titles[quantity],
    settings: recipe ? recipeLine(recipe) : '',
    credit: words.credit(
      device.kind === 'found' ? deviceWords.name(device.choice) : null,
      calendarDay(moment),
    ),
    curves,
    range: verticalRange(curves, quantity),
    lastStep: lastShownStep(Math.max(0, ...curves.map(lastStepOf)), recipe ? totalSteps(recipe) : null),
    formatTick: tick[quantity],
    formatStep: integer,
    formatEnd: formats[quantity],
    guess: quantity === 'speed' ? null : guessing[quantity],
    words: { ...words, training: words.smoothed(view.smoothing) },
    color: resolveColor,
  });
}

/** What a colour of styles/tokens.css is in the theme that is seen. */
function resolveColor(token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

async function rasterise(svg: string): Promise<Blob> {
  const image = new Image(PICTURE_WIDTH, PICTURE_HEIGHT);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE_WIDTH;
  canvas.height = PICTURE_HEIGHT;
  canvas.getContext('2d')?.drawImage(image, 0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('this browser could not draw the picture'));
    }, 'image/png'),
  );
}
