import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { Panel, panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import type { Answered } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { plainNumber } from '../../app/ui/format.ts';
import { shattered as words } from './enShattered.ts';
import { LAGS, type Correlated, type ShatteredAnswer, type ShatteredQuestion } from './shattered.ts';

/** The lag at which a net's line has its marker. */
const MARKED = 5;

const dashes = { white: '2 3', brownian: '7 4' } as const;

/** A noise's name with the dashes of its line. */
export function NoiseMark({ noise }: { readonly noise: keyof typeof dashes }) {
  return (
    <g>
      <line
        x1={0}
        x2={24}
        y1={0}
        y2={0}
        stroke="var(--soft)"
        strokeWidth={2}
        strokeDasharray={dashes[noise]}
      />
      <text x={30} y={4}>
        {words[noise]}
      </text>
    </g>
  );
}

interface Props extends Answered<ShatteredQuestion, ShatteredAnswer> {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The autocorrelation by lag: of each net a line with its band, and of the noises a dashed one. */
export function AutocorrelationPanel({ nets, question, answer, left, top, width, height }: Props) {
  const all = answer.nets.flatMap(({ mean, deviation }) => mean.map((value, lag) => value - deviation[lag]!));
  const least = Math.min(-0.1, ...all.filter(Number.isFinite));
  const x = scaleLinear([0, LAGS], [left + margin.left, left + width - margin.right]);
  const y = scaleLinear([Math.max(-1, least), 1], [top + height - margin.bottom, top + margin.top]);
  const path = line<number>(
    (_, lag) => x(lag),
    (value) => y(value),
  ).defined(Number.isFinite);
  const band = ({ mean, deviation }: Correlated) =>
    area<number>()
      .x((_, lag) => x(lag))
      .y0((value, lag) => y(value - deviation[lag]!))
      .y1((value, lag) => y(Math.min(1, value + deviation[lag]!)))
      .defined(Number.isFinite)(mean) ?? '';
  const [start, end] = x.range() as [number, number];
  return (
    <Panel
      title={words.autocorrelation[question.weights]}
      x={x}
      y={y}
      xName={words.lag}
      format={(value) => plainNumber(value)}
    >
      <line className="panel-axis" x1={start} x2={end} y1={y(0)} y2={y(0)} />
      {(['white', 'brownian'] as const).map((noise) => (
        <path
          key={noise}
          d={path(answer[noise].mean) ?? ''}
          fill="none"
          stroke="var(--soft)"
          strokeWidth={2}
          strokeDasharray={dashes[noise]}
        />
      ))}
      {nets.map(({ id, style }, i) => {
        const own = answer.nets[i];
        return (
          own && (
            <g key={id}>
              <path d={band(own)} fill={laneColor(style)} fillOpacity={0.16} />
              <path d={path(own.mean) ?? ''} fill="none" stroke={laneColor(style)} strokeWidth={2} />
              {Number.isFinite(own.mean[MARKED]) && (
                <Marker style={style} x={x(MARKED)} y={y(own.mean[MARKED] ?? 0)} />
              )}
            </g>
          )
        );
      })}
      <text className="panel-tick" x={end} y={y(1) + 14} textAnchor="end">
        {words.band}
      </text>
    </Panel>
  );
}
