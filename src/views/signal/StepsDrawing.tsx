import { scaleLinear } from 'd3-scale';
import { interpolateViridis } from 'd3-scale-chromatic';
import { ColourKey, colourKeyHeight } from '../../app/inside/plot/ColourKey.tsx';
import { paletteOf } from '../../app/inside/plot/colours.ts';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { integer } from '../../app/ui/format.ts';
import { columnsOf, type Column } from './columns.ts';
import { signal as words } from './enSignal.ts';
import type { SignalAnswer, SignalQuestion } from './signal.ts';
import { edgesOf, fieldScale, stepScale, type FieldScale } from './steps.ts';

const TITLE = 22;
const PANEL = 300;
/** Narrowest panel of a net. */
const LEAST = 270;
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
  const layout = (width: number) => {
    const fit = Math.max(1, Math.floor(width / LEAST));
    const rows = Math.ceil(nets.length / fit);
    return {
      across: Math.ceil(nets.length / rows),
      rows,
      height: TITLE + rows * PANEL + NOTE + colourKeyHeight,
    };
  };
  return (
    <Picture label={words.titles[of]} height={(width) => layout(width).height}>
      {(width) => {
        const { across, rows } = layout(width);
        const bottom = TITLE + rows * PANEL;
        return (
          <>
            <text className="panel-title" x={0} y={14}>
              {words.titles[of]}
            </text>
            {nets.map((net, i) => (
              <NetPanel
                key={net.id}
                net={net}
                columns={columns[i] ?? []}
                edges={edges[i] ?? []}
                domain={domain}
                missing={words.noColumns[of]}
                scale={scale}
                left={(i % across) * (width / across)}
                top={TITLE + Math.floor(i / across) * PANEL}
                width={width / across}
              />
            ))}
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
        );
      }}
    </Picture>
  );
}

interface NetPanelProps {
  readonly net: LookedAt;
  readonly columns: readonly Column[];
  readonly edges: readonly number[];
  readonly domain: readonly [number, number];
  /** Why there are no columns. */
  readonly missing: string;
  readonly scale: FieldScale;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function NetPanel({ net, columns, edges, domain, missing, scale, left, top, width }: NetPanelProps) {
  const x = stepScale(domain, [left + margin.left, left + width - margin.right]);
  const layers = columns[0]?.values.length ?? 0;
  const [highest, lowest] = [top + margin.top, top + PANEL - margin.bottom];
  const y = scaleLinear([Math.max(1, layers) + 0.5, 0.5], [lowest, highest]);
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const start = x.range()[0] ?? left;
  return (
    <Panel title="" x={x} y={y} xName={words.step} format={integer}>
      <NetKey nets={[net]} x={start} y={highest - 12} />
      {layers === 0 ? (
        <text className="panel-tick" x={start + 8} y={highest + 20}>
          {missing}
        </text>
      ) : (
        <image
          href={picture(columns, edges, scale)}
          x={x.atPlace(from)}
          y={highest}
          width={x.atPlace(to) - x.atPlace(from)}
          height={lowest - highest}
          preserveAspectRatio="none"
          imageRendering="pixelated"
        />
      )}
    </Panel>
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
