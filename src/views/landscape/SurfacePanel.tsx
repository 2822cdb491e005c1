import type { LookedAt } from '../../app/inside/view.ts';
import { compact, plainNumber } from '../../app/ui/format.ts';
import { Marker } from '../../app/ui/Marker.tsx';
import { logLevels } from '../../insights/landscape.ts';
import { landscape as words } from './enLandscape.ts';
import type { Field } from './landscape.ts';
import type { LossScale } from './lossScale.ts';
import { projection, quadsOf } from './surface.ts';

const TICKS = 5;

interface Props {
  readonly net: LookedAt;
  readonly field: Field;
  readonly losses: readonly (number | null)[];
  readonly count: number;
  readonly scale: LossScale;
  /** Degrees. */
  readonly turn: number;
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/** The loss over a plane as a surface, in parallel projection: its height and its colour are the same number. */
export function SurfacePanel({ net, field, losses, count, scale, turn, left, top, size }: Props) {
  const view = projection(turn, left, top, size);
  const shares = losses.map((loss) => (loss === null ? null : scale.share(loss)));
  const { corners } = view;
  const byLeft = corners.toSorted((a, b) => a.x - b.x);
  const axis = byLeft[0]!;
  const nearest = corners.toSorted((a, b) => a.depth - b.depth)[0]!;
  const { path } = field;
  const names = [
    path ? words.principal('first', path.shares[0]) : words.first,
    path ? words.principal('second', path.shares[1]) : words.second,
  ];
  const at = ([value, [from, to]]: readonly [number, readonly [number, number]]) =>
    (2 * (value - from)) / (to - from) - 1;
  const centre = view.point(at([0, field.x]), at([0, field.y]), scale.share(field.centre.loss));
  const levels = [scale.least, ...logLevels(scale.least, scale.greatest, TICKS)];
  return (
    <g className="panel">
      <text className="panel-title" x={left} y={top - 12}>
        {words.here(net.name, field.centre.loss)}
      </text>
      <polygon points={corners.map(({ x, y }) => `${x},${y}`).join(' ')} fill="none" className="panel-grid" />
      {quadsOf(shares, count, view).map(({ key, points, share }) => (
        <polygon
          key={key}
          points={points}
          fill={scale.colour(share)}
          stroke="#000"
          strokeWidth={0.5}
          opacity={1}
          strokeOpacity={0.25}
        />
      ))}
      <line className="panel-axis" x1={axis.x} x2={axis.x} y1={axis.y} y2={axis.y - view.height} />
      {levels.map((level) => {
        const y = axis.y - view.height * scale.share(level);
        return (
          <g key={level}>
            <line className="panel-axis" x1={axis.x - 4} x2={axis.x} y1={y} y2={y} />
            <text className="panel-tick" x={axis.x - 6} y={y + 4} textAnchor="end">
              {level < 1e5 ? plainNumber(Number(level.toPrecision(2))) : compact(level)}
            </text>
          </g>
        );
      })}
      {names.map((name, i) => {
        const edge = view.edge(i as 0 | 1);
        return (
          <text
            key={name}
            className="panel-tick"
            x={edge.x}
            y={Math.max(edge.y, nearest.y - 30) + 16}
            textAnchor={edge.x < nearest.x ? 'end' : 'start'}
          >
            {name}
          </text>
        );
      })}
      <Marker style={net.style} x={centre.x} y={centre.y} size={1.5} />
    </g>
  );
}
