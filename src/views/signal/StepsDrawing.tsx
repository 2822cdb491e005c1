import { interpolateViridis } from 'd3-scale-chromatic';
import { ColourKey, colourKeyHeight } from '../../app/inside/plot/ColourKey.tsx';
import { paletteOf } from '../../app/inside/plot/colours.ts';
import { FieldPanel, FieldPanels, fieldSpan } from '../../app/inside/plot/FieldPanels.tsx';
import { panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { Answered } from '../../app/inside/view.ts';
import { columnsOf, type Column } from './columns.ts';
import { signal as words } from './enSignal.ts';
import type { SignalAnswer, SignalQuestion } from './signal.ts';
import { edgesOf, fieldScale, stepScale, type FieldScale } from './steps.ts';

const NOTE = 26;
/** Pixels of a picture along its steps. */
const ACROSS = 360;

const pixel = paletteOf(interpolateViridis);

/** For each net a picture of its layers, downwards, over the steps: what is kept, and what was looked at. One scale of colours for all. */
export function StepsDrawing({ nets, question, answer }: Answered<SignalQuestion, SignalAnswer>) {
  const { of } = question;
  const columns = answer.nets.map((moments) => columnsOf(moments, of));
  const scale = fieldScale(columns.flatMap((own) => own.flatMap(({ values }) => values)), of !== 'deviation'); // prettier-ignore
  const edges = columns.map(edgesOf);
  const places = edges.flat();
  const domain: readonly [number, number] = places.length > 0 ? [Math.min(...places), Math.max(...places)] : [0, 1]; // prettier-ignore
  return (
    <FieldPanels
      title={words.titles[of]}
      nets={nets}
      below={NOTE + colourKeyHeight}
      panel={(net, i, place) => {
        const [own = [], ends = []] = [columns[i], edges[i]];
        const x = stepScale(domain, fieldSpan(place));
        const layers = own[0]?.values.length ?? 0;
        return (
          <FieldPanel
            {...place}
            net={net}
            x={x}
            xName={words.step}
            yName={words.layerDown}
            layers={layers}
            field={
              layers === 0
                ? { missing: words.noColumns[of] }
                : {
                    href: picture(own, ends, scale),
                    from: x.atPlace(ends[0] ?? 0),
                    to: x.atPlace(ends.at(-1) ?? 0),
                  }
            }
          />
        );
      }}
    >
      {(width, bottom) => (
        <>
          <text className="panel-tick" x={margin.left} y={bottom + 10}>
            {width < 720 ? words.stepsKeyShort : words.stepsKey}
          </text>
          <ColourKey
            title={words.quantities[of]}
            colour={interpolateViridis}
            ticks={scale.ticks}
            x={margin.left}
            y={bottom + NOTE}
            width={Math.min(260, width - margin.left - margin.right)}
          />
        </>
      )}
    </FieldPanels>
  );
}

/** Pixels along the steps, of each the column in which it lies. */
function picture(columns: readonly Column[], edges: readonly number[], scale: FieldScale): string {
  const layers = columns[0]!.values.length;
  const [from, to] = [edges[0]!, edges.at(-1)!];
  const pixels = new Uint8Array(3 * ACROSS * layers);
  let at = 0;
  for (let i = 0; i < ACROSS; i++) {
    const place = from + ((i + 0.5) / ACROSS) * (to - from);
    while (at < columns.length - 1 && place > edges[at + 1]!) at++;
    columns[at]!.values.forEach((value, layer) => pixels.set(pixel(scale.share(value)), 3 * (layer * ACROSS + i))); // prettier-ignore
  }
  return pngUrl(pixels, ACROSS, layers);
}
