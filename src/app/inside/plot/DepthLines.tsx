import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { laneColor } from '../../ui/Marker.tsx';
import type { LookedAt } from '../view.ts';
import { logScale } from './logScale.ts';
import { Panel, panelMargin as margin, type PanelScale } from './Panel.tsx';

interface Props {
  readonly title: string;
  readonly nets: readonly LookedAt[];
  /** Of each net a value a layer, from the image on; what is no number, or not positive on a logarithmic scale, is left out. */
  readonly lines: readonly (readonly number[])[];
  /** Of each net the place of the chosen layer among its values; -1 where it has none such. */
  readonly chosen?: readonly number[];
  readonly isLog?: boolean;
  /** The largest value of a scale that is always the same; the largest of the lines without it. */
  readonly most?: number;
  readonly xName: string;
  readonly format?: (value: number) => string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A value of each layer along the depth, a line a net, on one scale. */
export function DepthLines({
  title,
  nets,
  lines,
  chosen = [],
  isLog = false,
  most,
  xName,
  format,
  ...at
}: Props) {
  const { left, top, width, height } = at;
  const isShown = (value: number) => Number.isFinite(value) && (!isLog || value > 0);
  const finite = lines.flat().filter(isShown);
  const all = finite.length > 0 ? finite : [1];
  const deepest = Math.max(...lines.map(({ length }) => length), 2);
  const x = scaleLinear([1, deepest], [left + margin.left, left + width - margin.right]);
  const range = [top + height - margin.bottom, top + margin.top];
  const y: PanelScale = isLog
    ? logScale([Math.min(...all), Math.max(...all)], range)
    : scaleLinear([0, most ?? Math.max(...all)], range).nice();
  const path = line<number>(
    (_, i) => x(i + 1),
    (value) => y(value),
  ).defined(isShown);
  return (
    <Panel title={title} x={x} y={y} xName={xName} yTicks={isLog ? 3 : 5} {...(format && { format })}>
      {lines.map((own, i) => {
        const net = nets[i];
        if (!net) return null;
        const place = chosen[i] ?? -1;
        const value = own[place];
        return (
          <g key={net.id}>
            <path d={path(own) ?? ''} fill="none" stroke={laneColor(net.style)} strokeWidth={2} />
            {value !== undefined && isShown(value) && (
              <circle
                className="layer-dot"
                cx={x(place + 1)}
                cy={y(value)}
                r={5}
                fill={laneColor(net.style)}
              />
            )}
          </g>
        );
      })}
    </Panel>
  );
}
