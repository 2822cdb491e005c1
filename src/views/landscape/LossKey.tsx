import { useId } from 'react';
import { logLevels } from '../../insights/landscape.ts';
import { plainNumber } from '../../app/ui/format.ts';
import type { LossScale } from './lossScale.ts';

const STOPS = 16;
const BAR = 12;
/** Pixels that a tick's number needs. */
const TICK = 44;

/** The one key of all fields: colours of losses, with logarithmic ticks. */
export function LossKey({
  scale,
  title,
  x,
  width,
}: {
  readonly scale: LossScale;
  readonly title: string;
  readonly x: number;
  readonly width: number;
}) {
  const id = useId();
  const ticks = [scale.least, ...logLevels(scale.least, scale.greatest, 12), scale.greatest];
  const shown: { readonly tick: number; readonly at: number }[] = [];
  // The ends first: what lies too near to them is left out.
  for (const tick of [scale.least, scale.greatest, ...ticks]) {
    const at = x + scale.share(tick) * width;
    if (shown.every((other) => Math.abs(other.at - at) >= TICK)) shown.push({ tick, at });
  }
  return (
    <g>
      <defs>
        <linearGradient id={id}>
          {Array.from({ length: STOPS + 1 }, (_, i) => (
            <stop key={i} offset={i / STOPS} stopColor={scale.colour(i / STOPS)} />
          ))}
        </linearGradient>
      </defs>
      <text className="panel-tick" x={x} y={11}>
        {title}
      </text>
      <rect x={x} y={18} width={width} height={BAR} fill={`url(#${id})`} />
      {shown.map(({ tick, at }) => (
        <g key={tick}>
          <line className="panel-axis" x1={at} x2={at} y1={18 + BAR} y2={22 + BAR} />
          <text
            className="panel-tick"
            x={at}
            y={34 + BAR}
            textAnchor={tick === scale.least ? 'start' : tick === scale.greatest ? 'end' : 'middle'}
          >
            {plainNumber(Number(tick.toPrecision(2)))}
          </text>
        </g>
      ))}
    </g>
  );
}

export const KEY_HEIGHT = 52;
