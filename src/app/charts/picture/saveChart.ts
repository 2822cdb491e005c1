/** A chart of the page as an SVG or PNG file. */
import { encodeExperiment } from '../../../model/link.ts';
import { charts, placeTick, quantityWords } from '../enCharts.ts';
import { ownOf, recipeLine } from '../../runs/recipeLine.ts';
import { picture as words, sizesText } from './enPicture.ts';
import { linkToShare } from '../../ui/linkToShare.ts';
import { lastPlaceOf } from '../curves/curves.ts';
import { sizesOf } from './sizes.ts';
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
import type { Curve } from '../curves/curve.ts';
import type { Range } from '../plot/steadyRanges.ts';
import type { ExperimentConfig } from '../../../model/config.ts';
import type { Zoom } from '../reading/zoom.ts';
import { chartSvg } from './chartSvg.ts';
import { PICTURE_HEIGHT, PICTURE_WIDTH } from './pictureSize.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { hasTruePixels, pngOf } from '../../ui/truePixels.ts';
import type { AppState } from '../../state/AppState.ts';
import { quantityRow, type Quantity } from '../quantities.ts';

/** What a chart is drawn from. */
export interface ShownChart {
  readonly state: AppState;
  readonly zoom: Zoom;
  /** The sources that are drawn while drawing is paused. */
  readonly frozen: readonly CurveSource[] | null;
  /** What the curves show, in one sentence; null where nothing can be said. */
  readonly headline: string | null;
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

function pictureOf(quantity: Quantity, { state, zoom, frozen, headline }: ShownChart, moment: Date): string {
  const { imported, device, view } = state;
  const { experiment: trained } = state.training;
  const sources = (frozen ?? curveSources(state)).filter(({ id }) => !view.hidden.includes(id));
  const { curves } = buildCurves(sources, quantity, view);
  const recipe = trained?.recipe ?? imported.find((run) => run.config)?.config;
  const shown = zoom.x ?? drawnRange(curves);
  const x = horizontalScale(curves, view, recipe ? totalSteps(recipe) : null, shown);
  const references = createReferences(quantity)(state);
  const zoomed = { x: shown, y: zoom.y[quantity] ?? null };
  const sizes = sizesOf(sources);
  const y = verticalScale(curves, quantity, view, x, zoomed, references).scale;
  const { formatTick } = quantityRow(quantity);
  return chartSvg({
    title: quantityWords[quantity].pictureTitle,
    headline,
    sizes: sizes ? sizesText(sizes) : '',
    link: trained && sources.some(({ faint }) => !faint) ? linkOf(trained) : null,
    settings: recipe ? recipeLine(recipe, ownOf(trained?.lanes ?? [])) : '',
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
    words: {
      across: words.axes[view.x],
      diverged: words.diverged,
      test: words.test(quantity),
      training: words.training(quantity, view.smoothing),
    },
    color: resolveColor,
  });
}

/** All that there is, and no room ahead of it: a picture does not grow. Null where nothing is drawn. */
function drawnRange(curves: readonly Curve[]): Range | null {
  const last = Math.max(0, ...curves.map(lastPlaceOf));
  return last > 0 ? [0, last] : null;
}

/** The page's address with this experiment. */
function linkOf(experiment: ExperimentConfig): string {
  const url = new URL(linkToShare(location.href));
  url.hash = encodeExperiment(experiment);
  return url.href;
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
