import { scaleLinear } from 'd3-scale';
import { area } from 'd3-shape';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { panelMargin as margin, XAxis } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import { integer } from '../../app/ui/format.ts';
import { weights as words } from './enWeights.ts';
import { histogramOf, rangeOf, sharesOf } from './readAnswer.ts';
import {
  BINS,
  MOST_MOMENTS,
  type CountedMoment,
  type WeightsAnswer,
  type WeightsQuestion,
} from './weights.ts';
import { layerAmong, layersToChoose } from './WeightsSettings.tsx';

const TITLE = 24;
const KEY = 30;
const ROW = 30;
/** A ridge may rise over the row above it. */
const RISE = 1.7 * ROW;
const AXIS = 40;
const LEAST = 270;
const LEFT = 62;

/** One layer at every moment: a ridge for each, the first above, on one scale for all nets. */
export function TimeDrawing({ nets, question, answer }: Answered<WeightsQuestion, WeightsAnswer>) {
  const { of } = question;
  const name = layerAmong(question, layersToChoose(nets));
  const rows = Math.min(MOST_MOMENTS + 1, Math.max(...answer.nets.map(({ length }) => length)));
  const panel = KEY + RISE + rows * ROW + AXIS;
  const ridges = answer.nets.map((moments) => ridgesOf(moments, name, question));
  // Zeros after ReLU would flatten everything else.
  const highest = Math.max(0.01, ...ridges.flatMap((own) => own.flatMap(({ shares }) => (of === 'active' ? shares.slice(1) : shares)))); // prettier-ignore
  const layout = (width: number) => {
    const fit = Math.max(1, Math.floor(width / LEAST));
    const down = Math.ceil(nets.length / fit);
    return { columns: Math.ceil(nets.length / down), height: TITLE + down * panel };
  };
  return (
    <Picture label={words.oneTitles[of](name)} height={(width) => layout(width).height}>
      {(width) => {
        const { columns } = layout(width);
        const panelWidth = width / columns;
        return (
          <>
            <text className="panel-title" x={0} y={14}>
              {words.oneTitles[of](name)}
            </text>
            {nets.map((net, i) => (
              <Ridges
                key={net.id}
                net={net}
                ridges={ridges[i] ?? []}
                isOneMoment={(answer.nets[i] ?? []).length < 2}
                range={rangeOf(answer, of)}
                highest={highest}
                missing={hasLayer(answer.nets[i] ?? [], name) ? words.noRelu : words.noLayer}
                left={(i % columns) * panelWidth}
                top={TITLE + Math.floor(i / columns) * panel}
                width={panelWidth}
              />
            ))}
          </>
        );
      }}
    </Picture>
  );
}

interface Ridge {
  readonly step: number | null;
  readonly isShown: boolean;
  readonly shares: readonly number[];
}

const ridgesOf = (
  moments: readonly CountedMoment[],
  name: string,
  { of }: WeightsQuestion,
): readonly Ridge[] =>
  moments.flatMap(({ step, isShown, layers }) => {
    const layer = layers.find((one) => one.name === name);
    const histogram = layer ? histogramOf(layer, of) : null;
    return histogram ? [{ step, isShown, shares: sharesOf(histogram) }] : [];
  });

const hasLayer = (moments: readonly CountedMoment[], name: string): boolean =>
  moments.some(({ layers }) => layers.some((layer) => layer.name === name));

interface RidgesProps {
  readonly net: LookedAt;
  readonly ridges: readonly Ridge[];
  readonly isOneMoment: boolean;
  readonly range: readonly [number, number];
  readonly highest: number;
  /** Why there are no ridges. */
  readonly missing: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function Ridges({ net, ridges, isOneMoment, range, highest, missing, left, top, width }: RidgesProps) {
  const x = scaleLinear(range, [left + LEFT, left + width - margin.right]);
  const first = top + KEY + RISE;
  const bottom = first + Math.max(0, ridges.length - 1) * ROW;
  return (
    <g>
      <NetKey nets={[net]} x={left} y={top + 12} />
      {ridges.length === 0 && (
        <text className="panel-tick" x={left + LEFT} y={first}>
          {missing}
        </text>
      )}
      {ridges.map(({ step, isShown, shares }, row) => {
        const base = first + row * ROW;
        const shape = area<number>()
          .x((_, bin) => x(range[0] + ((bin + 0.5) / BINS) * (range[1] - range[0])))
          .y0(base)
          .y1((share) => base - Math.min(1, share / highest) * RISE);
        return (
          <g key={step ?? 'shown'}>
            <path
              d={shape(shares) ?? ''}
              fill={laneColor(net.style)}
              fillOpacity={isShown ? 0.55 : 0.3}
              stroke={laneColor(net.style)}
              strokeWidth={1.2}
            />
            <text
              className={isShown ? 'panel-title' : 'panel-tick'}
              x={left + LEFT - 6}
              y={base}
              textAnchor="end"
            >
              {step === null ? words.shown : integer(step)}
            </text>
          </g>
        );
      })}
      {ridges.length > 0 && (
        <>
          <XAxis x={x} y={bottom} ticks={5} />
          <text className="panel-tick" x={left + LEFT} y={bottom + 32}>
            {isOneMoment ? words.oneMoment : words.beyond}
          </text>
        </>
      )}
    </g>
  );
}
