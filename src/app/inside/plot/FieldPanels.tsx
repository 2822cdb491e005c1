import type { ReactNode } from 'react';
import { scaleLinear } from 'd3-scale';
import { integer } from '../../ui/format.ts';
import type { LookedAt } from '../view.ts';
import { NetKey } from './NetKey.tsx';
import { Panel, panelMargin as margin, type PanelScale } from './Panel.tsx';
import { Picture } from './Picture.tsx';
import { TITLE_LETTER, wrapped } from './wrapped.ts';

const TITLE = 22;
const LINE = 15;
const PANEL = 300;
/** Narrowest panel of a net. */
const LEAST = 270;

export interface PanelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

interface Props {
  readonly title: string;
  readonly nets: readonly LookedAt[];
  /** Height of what stands below the panels. */
  readonly below: number;
  /** The panel of one net. */
  readonly panel: (net: LookedAt, at: number, place: PanelPlace) => ReactNode;
  readonly children: (width: number, bottom: number) => ReactNode;
}

/** A panel a net, beside each other as far as they have room, below one title. */
export function FieldPanels({ title, nets, below, panel, children }: Props) {
  const layout = (width: number) => {
    const lines = wrapped(title, Math.floor(width / TITLE_LETTER));
    const rows = Math.ceil(nets.length / Math.max(1, Math.floor(width / LEAST)));
    const top = TITLE + (lines.length - 1) * LINE;
    return { lines, across: Math.ceil(nets.length / rows), top, bottom: top + rows * PANEL };
  };
  return (
    <Picture label={title} height={(width) => layout(width).bottom + below}>
      {(width) => {
        const { lines, across, top, bottom } = layout(width);
        return (
          <>
            {lines.map((line, i) => (
              <text key={i} className="panel-title" x={0} y={14 + i * LINE}>
                {line}
              </text>
            ))}
            {nets.map((net, i) => (
              <g key={net.id}>
                {panel(net, i, {
                  left: (i % across) * (width / across),
                  top: top + Math.floor(i / across) * PANEL,
                  width: width / across,
                })}
              </g>
            ))}
            {children(width, bottom)}
          </>
        );
      }}
    </Picture>
  );
}

interface FieldProps extends PanelPlace {
  readonly net: LookedAt;
  /** Of the pixels that {@link fieldSpan} gives. */
  readonly x: PanelScale;
  readonly xName: string;
  /** What the rows are. */
  readonly yName?: string;
  readonly xTicks?: number;
  /** How many layers there are, from above; each is a row. */
  readonly layers: number;
  /** A picture of a row of pixels a layer, and from where to where along x it goes; what is to be said where there is none. */
  readonly field:
    { readonly href: string; readonly from: number; readonly to: number } | { readonly missing: string };
  /** The row of the chosen layer; -1 where there is none. */
  readonly chosen?: number;
}

/** From where to where a field lies, in pixels across. */
export const fieldSpan = ({ left, width }: PanelPlace): [number, number] => [
  left + margin.left,
  left + width - margin.right,
];

/** A net's layers as rows of colours, from the image above to the answer below. */
export function FieldPanel({
  net,
  x,
  xName,
  yName,
  xTicks,
  layers,
  field,
  chosen = -1,
  ...place
}: FieldProps) {
  const [highest, lowest] = [place.top + margin.top, place.top + PANEL - margin.bottom];
  const y = scaleLinear([Math.max(1, layers) + 0.5, 0.5], [lowest, highest]);
  const [start, end] = fieldSpan(place);
  return (
    <Panel title="" x={x} y={y} xName={xName} format={integer} {...(xTicks !== undefined && { xTicks })}>
      <NetKey nets={[net]} x={start} y={highest - 12} />
      {yName !== undefined && (
        <text
          className="panel-tick"
          transform={`translate(${start - 30} ${(highest + lowest) / 2}) rotate(-90)`}
          textAnchor="middle"
        >
          {yName}
        </text>
      )}
      {'missing' in field ? (
        <text className="panel-tick" x={start + 8} y={highest + 20}>
          {field.missing}
        </text>
      ) : (
        <image
          href={field.href}
          x={field.from}
          y={highest}
          width={field.to - field.from}
          height={lowest - highest}
          preserveAspectRatio="none"
          imageRendering="pixelated"
        />
      )}
      {chosen >= 0 && <path className="layer-mark" d={`M${end + 1} ${y(chosen + 1)}l9 -5v10z`} />}
    </Panel>
  );
}
