import { scaleLinear } from 'd3-scale';
import { interpolateViridis } from 'd3-scale-chromatic';
import { rgbOf } from '../../app/inside/plot/colours.ts';
import { useLayerChoice } from '../../app/inside/layerChoice.ts';
import { DepthLines } from '../../app/inside/plot/DepthLines.tsx';
import { FieldPanel, FieldPanels, fieldSpan } from '../../app/inside/plot/FieldPanels.tsx';
import { panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { Answered } from '../../app/inside/view.ts';
import { integer, plainNumber } from '../../app/ui/format.ts';
import { weights as words } from './enWeights.ts';
import { histogramOf, rangeOf, sharesOf, shownMoment, zeroShareOf } from './readAnswer.ts';
import {
  BINS,
  type CountedLayer,
  type Quantity,
  type WeightsAnswer,
  type WeightsQuestion,
} from './weights.ts';

const ZEROS = 220;
const SCALE = 62;

/** Small shares are seen, too: the square root gives them more of the colours. */
const colourOf = (share: number, most: number) => interpolateViridis(Math.sqrt(Math.min(1, share / most)));

/** For each net a picture of all its layers: values across, layers down; and by depth the share of zeros. */
export function LayersDrawing({ nets, question, answer }: Answered<WeightsQuestion, WeightsAnswer>) {
  const { of } = question;
  const layersOf = answer.nets.map((moments) =>
    shownMoment(moments).layers.filter((layer) => histogramOf(layer, of)),
  );
  const most = mostShare(layersOf, question);
  const { layer: chosen } = useLayerChoice();
  const zeros = layersOf.map((own) =>
    own.flatMap(({ name, active }) => (active ? [{ name, share: zeroShareOf(active) }] : [])),
  );
  const range = rangeOf(answer, of);
  return (
    <FieldPanels
      title={words.titles[of]}
      nets={nets}
      below={SCALE + (of === 'active' ? ZEROS : 0)}
      panel={(net, i, place) => {
        const layers = layersOf[i] ?? [];
        const [from, to] = fieldSpan(place);
        return (
          <FieldPanel
            {...place}
            net={net}
            x={scaleLinear(range, [from, to])}
            xName={words.value}
            yName={words.layerDown}
            xTicks={5}
            layers={layers.length}
            field={{ href: heat(layers, question, most), from, to }}
            chosen={layers.findIndex(({ name }) => name === chosen)}
          />
        );
      }}
    >
      {(width, bottom) => (
        <>
          <ShareScale
            most={most}
            of={of}
            left={margin.left}
            top={bottom + 4}
            width={Math.min(240, width - 80)}
          />
          {of === 'active' && (
            <DepthLines
              title={words.zeros}
              nets={nets}
              lines={zeros.map((own) => own.map(({ share }) => share))}
              chosen={zeros.map((own) => own.findIndex(({ name }) => name === chosen))}
              most={1}
              xName={words.layerNumber}
              format={(share) => integer(100 * share)}
              left={0}
              top={bottom + SCALE}
              width={Math.min(width, 760)}
              height={ZEROS}
            />
          )}
        </>
      )}
    </FieldPanels>
  );
}

/** The bin that holds zeros after ReLU is no shape of anything: it does not set the scale. */
function mostShare(nets: readonly (readonly CountedLayer[])[], { of }: WeightsQuestion): number {
  let most = 0.01;
  for (const layers of nets)
    for (const layer of layers) {
      const histogram = histogramOf(layer, of);
      if (!histogram) continue;
      for (const [bin, share] of sharesOf(histogram).entries())
        if (of !== 'active' || bin > 0) most = Math.max(most, share);
    }
  return most;
}

/** A pixel for each bin of each layer. */
function heat(layers: readonly CountedLayer[], { of }: WeightsQuestion, most: number): string {
  const pixels = new Uint8Array(layers.length * BINS * 3);
  layers.forEach((layer, row) => {
    const histogram = histogramOf(layer, of);
    if (!histogram) return;
    sharesOf(histogram).forEach((share, bin) =>
      pixels.set(rgbOf(colourOf(share, most)), (row * BINS + bin) * 3),
    );
  });
  return pngUrl(pixels, BINS, layers.length);
}

const STEPS = 48;

function ShareScale({
  most,
  of,
  left,
  top,
  width,
}: {
  readonly most: number;
  readonly of: Quantity;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}) {
  const step = width / STEPS;
  return (
    <g transform={`translate(${left} ${top})`}>
      {Array.from({ length: STEPS }, (_, i) => (
        <rect
          key={i}
          x={i * step}
          width={step + 0.5}
          height={8}
          fill={colourOf(most * (i / (STEPS - 1)) ** 2, most)}
        />
      ))}
      {[0, 0.0625, 0.25, 0.5625, 1].map((share) => (
        <text key={share} className="panel-tick" x={Math.sqrt(share) * width} y={20} textAnchor="middle">
          {plainNumber(Number((100 * share * most).toPrecision(2)))}
        </text>
      ))}
      <text className="panel-tick" x={0} y={33}>
        {words.share}
      </text>
      <text className="panel-tick" x={0} y={48}>
        {of === 'active' ? words.beyondZeros : words.beyond}
      </text>
    </g>
  );
}
