import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { ReactNode } from 'react';
import { Panel, panelMargin as margin, type PanelScale } from '../../app/inside/plot/Panel.tsx';
import { plainNumber } from '../../app/ui/format.ts';
import { blocks as words } from './enBlocks.ts';

export type Scale = (value: number) => number;

interface Props {
  readonly title: string;
  readonly stages: number;
  /** The ends of the values. */
  readonly range: readonly [number, number];
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly children: (x: Scale, y: Scale) => ReactNode;
}

/** A panel with the stages side by side, each as wide as the others whatever the nets' depths are. */
export function StagePanel({ title, stages, range, left, top, width, height, children }: Props) {
  const x = scaleLinear([0, Math.max(1, stages)], [left + margin.left, left + width - margin.right]);
  const y = scaleLinear([...range], [top + height - margin.bottom, top + margin.top]);
  const axis: PanelScale = Object.assign((value: number) => x(value), {
    range: () => x.range(),
    ticks: () => [],
    tickFormat: () => String,
  });
  const [bottom = 0, high = 0] = y.range();
  const all = Array.from({ length: stages }, (_, i) => i + 1);
  return (
    <Panel title={title} x={axis} y={y} xName={words.axis} yTicks={4} format={(value) => plainNumber(value)}>
      {all.map((stage) => (
        <g key={stage}>
          {stage < stages && (
            <line className="panel-grid" x1={x(stage)} x2={x(stage)} y1={high} y2={bottom + 16} />
          )}
          <text className="panel-tick" x={x(stage - 0.5)} y={bottom + 15} textAnchor="middle">
            {words.stage(stage)}
          </text>
        </g>
      ))}
      {children(x, y)}
    </Panel>
  );
}

/** A value at a place; null where there is none. */
export interface Point {
  readonly place: number;
  readonly value: number | null;
}

/** A line through the points that have a value. */
export const pathOf = (points: readonly Point[], x: Scale, y: Scale): string =>
  line<Point>(
    ({ place }) => x(place),
    ({ value }) => y(value ?? NaN),
  ).defined(({ value }) => value !== null && Number.isFinite(value))(points) ?? '';
