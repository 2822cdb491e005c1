import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { Panel } from '../../app/inside/plot/Panel.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { plainNumber } from '../../app/ui/format.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { logLevels } from '../../insights/landscape.ts';
import { contourLines, regions, type Place } from './contourLines.ts';
import { landscape as words } from './enLandscape.ts';
import type { Field } from './landscape.ts';
import type { LossScale } from './lossScale.ts';

/** Bands of colour: more are not told apart. */
const BANDS = 32;
/** Lines with names. */
const LINES = 9;
/** From a line's name to the edge. */
const EDGE = 16;
const bands = Array.from({ length: BANDS - 1 }, (_, i) => (i + 1) / BANDS);

interface Props {
  readonly net: LookedAt;
  readonly field: Field;
  /** Losses as far as they are there, row by row. */
  readonly losses: readonly (number | null)[];
  readonly count: number;
  readonly scale: LossScale;
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/** The loss over a plane from above: bands of colour, named lines, the net in the middle, and the path where there is one. */
export function ContourPanel({ net, field, losses, count, scale, left, top, size }: Props) {
  const clip = useId();
  const x = scaleLinear(field.x, [left, left + size]);
  const y = scaleLinear(field.y, [top + size, top]);
  const place: Place = (column, row) => [
    left + (column / (count - 1)) * size,
    top + size - (row / (count - 1)) * size,
  ];
  const shares = losses.map((loss) => (loss === null ? null : scale.share(loss)));
  const whole = shares.every((share) => share !== null) ? shares : null;
  const { path } = field;
  return (
    <Panel
      title={words.here(net.name, field.centre.loss)}
      x={x}
      y={y}
      xName={path ? words.principal('first', path.shares[0]) : words.first}
      xTicks={4}
      yTicks={4}
    >
      <clipPath id={clip}>
        <rect x={left} y={top} width={size} height={size} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {whole ? (
          <Bands shares={whole} count={count} scale={scale} place={place} left={left} top={top} size={size} />
        ) : (
          <Points shares={shares} count={count} scale={scale} place={place} />
        )}
      </g>
      <text
        className="panel-tick"
        transform={`translate(${left - 34} ${top + size / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {path ? words.principal('second', path.shares[1]) : words.second}
      </text>
      {path && <PathOf net={net} points={path.points} x={x} y={y} />}
      <Marker style={net.style} x={x(0)} y={y(0)} size={1.5} />
    </Panel>
  );
}

interface BandsProps {
  readonly shares: readonly number[];
  readonly count: number;
  readonly scale: LossScale;
  readonly place: Place;
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

function Bands({ shares, count, scale, place, left, top, size }: BandsProps) {
  const levels = logLevels(scale.least, scale.greatest, LINES);
  const isIn = (px: number, py: number) =>
    px > left + EDGE && px < left + size - EDGE && py > top + EDGE && py < top + size - EDGE;
  const lines = contourLines(shares, count, levels.map(scale.share), place, isIn);
  return (
    <>
      <rect x={left} y={top} width={size} height={size} fill={scale.colour(0.5 / BANDS)} />
      {regions(shares, count, bands, place).map(({ level, path }) => (
        <path key={level} d={path} fill={scale.colour(level + 0.5 / BANDS)} />
      ))}
      {lines.map(({ level, path }) => (
        <path key={level} d={path} fill="none" stroke="#fff" strokeWidth={1} opacity={0.6} />
      ))}
      {lines.map(({ level, label }, i) =>
        label ? (
          <Halo key={level} x={label[0]} y={label[1] + 4} text={plainNumber(levels[i] ?? NaN)} />
        ) : null,
      )}
    </>
  );
}

/** White letters that can be read on every colour. */
function Halo({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  const shared = { x, y, textAnchor: 'middle' } as const;
  return (
    <>
      <text {...shared} style={{ fill: '#000', stroke: '#000', strokeWidth: 3, fontSize: 11 }}>
        {text}
      </text>
      <text {...shared} style={{ fill: '#fff', fontSize: 11 }}>
        {text}
      </text>
    </>
  );
}

/** The first points, before the coarsest grid is whole. */
function Points({
  shares,
  count,
  scale,
  place,
}: {
  readonly shares: readonly (number | null)[];
  readonly count: number;
  readonly scale: LossScale;
  readonly place: Place;
}) {
  return shares.map((share, at) => {
    if (share === null) return null;
    const [x, y] = place(at % count, Math.floor(at / count));
    return <circle key={at} cx={x} cy={y} r={6} fill={scale.colour(share)} />;
  });
}

/** Pixels between the names of moments. */
const NAMES = 40;

function PathOf({
  net,
  points,
  x,
  y,
}: {
  readonly net: LookedAt;
  readonly points: NonNullable<Field['path']>['points'];
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}) {
  const places = points.map((point) => ({ ...point, px: x(point.x), py: y(point.y) }));
  const named: { readonly px: number; readonly py: number }[] = [];
  return (
    <>
      <polyline
        points={places.map(({ px, py }) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ')}
        fill="none"
        stroke="#fff"
        strokeWidth={2}
      />
      {places.map(({ step, px, py }) => {
        const hasRoom = named.every((other) => Math.hypot(other.px - px, other.py - py) >= NAMES);
        if (hasRoom) named.push({ px, py });
        return (
          <g key={step ?? 'net'}>
            <circle cx={px} cy={py} r={3.5} fill={laneColor(net.style)} stroke="#fff" />
            {hasRoom && <Halo x={px} y={py - 8} text={words.step(step)} />}
          </g>
        );
      })}
    </>
  );
}
