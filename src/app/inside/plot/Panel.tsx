import type { ReactNode } from 'react';
import { DIGIT, TICK_LETTER, TITLE_LETTER } from './wrapped.ts';

/** A scale as panels draw it: d3-scale's linear and logarithmic ones are such. */
export interface PanelScale {
  (value: number): number;
  range(): number[];
  ticks(count: number): number[];
  tickFormat(count: number): (value: number) => string;
}

interface Props {
  readonly title: string;
  readonly x: PanelScale;
  readonly y: PanelScale;
  readonly xName: string;
  readonly yTicks?: number;
  readonly xTicks?: number;
  /** How a value of y is written; as its scale would without it. */
  readonly format?: (value: number) => string;
  readonly children: ReactNode;
}

/** Room around a panel for its title and its axes. */
export const panelMargin = { top: 26, right: 12, bottom: 40, left: 46 } as const;

/** A titled pair of axes in an SVG, with what is drawn between them. Scales give pixels of the whole picture. */
export function Panel({ title, x, y, xName, yTicks = 5, xTicks = 6, format, children }: Props) {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const yFormat = format ?? y.tickFormat(yTicks);
  return (
    <g className="panel">
      <text className="panel-title" x={startOf(title.length * TITLE_LETTER, left, right)} y={top - 12}>
        {title}
      </text>
      {y.ticks(yTicks).map((tick) => (
        <g key={tick}>
          <line className="panel-grid" x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text className="panel-tick" x={left - 6} y={y(tick) + 4} textAnchor="end">
            {yFormat(tick)}
          </text>
        </g>
      ))}
      <XAxis x={x} y={bottom} ticks={xTicks} />
      <text
        className="panel-tick"
        x={middleOf(xName.length * TICK_LETTER, (left + right) / 2, right)}
        y={bottom + 33}
        textAnchor="middle"
      >
        {xName}
      </text>
      {children}
    </g>
  );
}

/** A title begins at its axis; one that is longer than that, before it: the room of the axis' numbers is free up there. */
const startOf = (length: number, left: number, right: number): number =>
  Math.max(left - panelMargin.left, Math.min(left, right + panelMargin.right - length));

/** The middle of words below an axis: they may begin before it, and end no later than its panel. */
const middleOf = (length: number, middle: number, right: number): number =>
  Math.min(middle, right + panelMargin.right - length / 2);

/** A horizontal axis with its numbers, `y` pixels below the top. */
export function XAxis({
  x,
  y,
  ticks,
}: {
  readonly x: PanelScale;
  readonly y: number;
  readonly ticks: number;
}) {
  const [left = 0, right = 0] = x.range();
  const format = x.tickFormat(ticks);
  return (
    <>
      {x.ticks(ticks).map((tick) => (
        <text
          key={tick}
          className="panel-tick"
          x={middleOf(format(tick).length * DIGIT, x(tick), right)}
          y={y + 16}
          textAnchor="middle"
        >
          {format(tick)}
        </text>
      ))}
      <line className="panel-axis" x1={left} x2={right} y1={y} y2={y} />
    </>
  );
}
