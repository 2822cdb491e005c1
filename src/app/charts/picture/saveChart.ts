/** A chart of the page as an SVG or PNG file. */
import { charts, placeTick, quantityWords } from '../enCharts.ts';
import { recipeLine } from '../../runs/recipeLine.ts';
import { picture as words } from './enPicture.ts';
import { deviceName } from '../../runs/enProvenance.ts';
import { calendarDay } from '../../ui/format.ts';
import { curveSources, type CurveSource } from '../sources/curveSources.ts';
import { endFormat } from '../endFormat.ts';
import { totalSteps } from '../../runs/progress.ts';
import { buildCurves } from '../curves/curves.ts';
import { createReferences } from '../references/references.ts';
import { resolveColor } from '../plot/palette.ts';
import { horizontalScale, verticalScale } from '../plot/ranges.ts';
import { shortName } from '../plot/shortName.ts';
import type { Zoom } from '../reading/zoom.ts';
import { chartSvg } from './chartSvg.ts';
import { PICTURE_HEIGHT, PICTURE_WIDTH } from './pictureSize.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { hasTruePixels, pngOf } from './truePixels.ts';
import type { AppState } from '../../state/AppState.ts';
import { quantityRow, type Quantity } from '../quantities.ts';

/** What a chart is drawn from. */
export interface ShownChart {
  readonly state: AppState;
  readonly zoom: Zoom;
  /** The sources that are drawn while drawing is paused. */
  readonly frozen: readonly CurveSource[] | null;
}

export type PictureKind = 'svg' | 'png';

/** The browser changes the pixels of what a page draws: a PNG would be noise. */
export class PixelsError extends Error {
  override readonly name = 'PixelsError';
}

/** Saves what the chart shows now, in the colours of the page as it is seen. Gives the file's name. Throws {@link PixelsError}. */
export async function saveChart(
  quantity: Quantity,
  kind: PictureKind,
  shown: ShownChart,
  moment: Date,
): Promise<string> {
  const svg = pictureOf(quantity, shown, moment);
  const name = words.file(quantity, kind);
  if (kind === 'svg') saveFile(svg, 'image/svg+xml', name);
  else saveFile(await rasterise(svg), 'image/png', name);
  return name;
}

function pictureOf(quantity: Quantity, { state, zoom, frozen }: ShownChart, moment: Date): string {
  const { imported, device, view } = state;
  const { experiment: trained } = state.training;
  const sources = (frozen ?? curveSources(state)).filter(({ id }) => !view.hidden.includes(id));
  const { curves } = buildCurves(sources, quantity, view);
  const recipe = trained?.recipe ?? imported.find((run) => run.config)?.config;
  const x = horizontalScale(curves, view, recipe ? totalSteps(recipe) : null, zoom.x);
  const references = createReferences(quantity)(state);
  const zoomed = { x: zoom.x, y: zoom.y[quantity] ?? null };
  const y = verticalScale(curves, quantity, view, x, zoomed, references).scale;
  const { formatTick } = quantityRow(quantity);
  return chartSvg({
    title: quantityWords[quantity].pictureTitle,
    settings: recipe
      ? recipeLine(
          recipe,
          trained?.lanes.some((lane) => lane.optimizer),
        )
      : '',
    credit: words.credit(device.kind === 'found' ? deviceName(device.choice) : null, calendarDay(moment)),
    curves,
    axis: view.x,
    x,
    y,
    formatTick,
    formatPlace: placeTick[view.x],
    formatEnd: endFormat(quantity),
    references,
    shortName,
    more: charts.more,
    words: { ...words, across: words.axes[view.x], training: words.smoothed(view.smoothing) },
    color: resolveColor,
  });
}

async function rasterise(svg: string): Promise<Blob> {
  if (!(await hasTruePixels())) throw new PixelsError();
  const image = new Image(PICTURE_WIDTH, PICTURE_HEIGHT);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE_WIDTH;
  canvas.height = PICTURE_HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser could not draw the picture.');
  context.drawImage(image, 0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
  return pngOf(canvas);
}
