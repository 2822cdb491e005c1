import { useId } from 'react';

interface Props {
  readonly title: string;
  /** A colour for each share of the way, 0 to 1. */
  readonly colour: (share: number) => string;
  readonly ticks: readonly { readonly share: number; readonly label: string }[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const STOPS = 16;
const BAR = 10;

export const colourKeyHeight = 46;

/** The key of a field of colours: its title above, its numbers below. */
export function ColourKey({ title, colour, ticks, x, y, width }: Props) {
  const id = useId();
  return (
    <g transform={`translate(${x} ${y})`}>
      <defs>
        <linearGradient id={id}>
          {Array.from({ length: STOPS + 1 }, (_, i) => (
            <stop key={i} offset={i / STOPS} stopColor={colour(i / STOPS)} />
          ))}
        </linearGradient>
      </defs>
      <text className="panel-tick" x={0} y={11}>
        {title}
      </text>
      <rect x={0} y={17} width={width} height={BAR} fill={`url(#${id})`} />
      {ticks.map(({ share, label }) => (
        <text
          key={label}
          className="panel-tick"
          x={share * width}
          y={17 + BAR + 14}
          textAnchor={share < 0.02 ? 'start' : share > 0.98 ? 'end' : 'middle'}
        >
          {label}
        </text>
      ))}
    </g>
  );
}
