import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReactNode } from 'react';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { tickLines } from '../../app/inside/plot/wrapped.ts';
import type { Answered } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import type { EditsAnswer, CutNet, CutQuestion } from './cut.ts';
import { cut as words } from './enCut.ts';
import { groupsOf } from './nets.ts';

const KEY = 26;
const NOTE = 18;
const PANEL = 320;

type Scale = (value: number) => number;
type Drawn = Answered<CutQuestion, EditsAnswer>;

/** The mean error by how many blocks are removed, with a band of one deviation. */
export function RandomDrawing(drawn: Drawn) {
  const most = Math.max(1, ...drawn.answer.nets.flatMap(({ edits }) => edits.map(({ at }) => at)));
  return (
    <Curves
      drawn={drawn}
      ends={[0, most]}
      axis={words.countAxis}
      note={words.bandKey}
      xTicks={Math.min(most, 10)}
    >
      {({ error, edits }, color, x, y) => {
        const groups = [{ at: 0, mean: error, deviation: 0 }, ...groupsOf(edits)];
        const at = ({ at: count }: (typeof groups)[number]) => x(count);
        const band = area<(typeof groups)[number]>()
          .x(at)
          .y0(({ mean, deviation }) => y(Math.max(0, mean - deviation)))
          .y1(({ mean, deviation }) => y(Math.min(1, mean + deviation)));
        const path = line<(typeof groups)[number]>(at, ({ mean }) => y(mean));
        return (
          <>
            <path d={band(groups) ?? ''} fill={color} fillOpacity={0.18} />
            <path d={path(groups) ?? ''} fill="none" stroke={color} strokeWidth={2} />
          </>
        );
      }}
    </Curves>
  );
}

/** The error by how much of the blocks' order is left; a point an order. */
export function SwapDrawing(drawn: Drawn) {
  const least = Math.min(0.9, ...drawn.answer.nets.flatMap(({ edits }) => edits.map(({ at }) => at)));
  return (
    <Curves drawn={drawn} ends={[1, least]} axis={words.tauAxis} note={words.pointKey}>
      {({ error, edits }, _, x, y, style) =>
        [{ at: 1, error }, ...edits].map((edit, i) => (
          <Marker key={i} style={style} x={x(edit.at)} y={y(edit.error)} size={0.9} />
        ))
      }
    </Curves>
  );
}

/** The error by what the shortcuts are multiplied by; a net without any has a level line. */
export function DialDrawing(drawn: Drawn) {
  return (
    <Curves
      drawn={drawn}
      ends={[1, 0]}
      axis={words.dialAxis}
      note={drawn.question.again ? words.lineKey : null}
    >
      {(net, color, x, y) => {
        const points = [{ at: 1, error: net.error, again: net.again }, ...net.edits];
        const all = net.edits.length > 0 ? points : [...points, { ...points[0]!, at: 0 }];
        const direct = line<(typeof all)[number]>(({ at }) => x(at), ({ error }) => y(error)); // prettier-ignore
        const again = line<(typeof all)[number]>(({ at }) => x(at), (one) => y(one.again ?? 0)).defined((one) => one.again !== null); // prettier-ignore
        return (
          <>
            <path d={direct(all) ?? ''} fill="none" stroke={color} strokeWidth={2} />
            <path d={again(all) ?? ''} fill="none" stroke={color} strokeWidth={1.5} strokeDasharray="5 4" />
          </>
        );
      }}
    </Curves>
  );
}

interface CurvesProps {
  readonly drawn: Drawn;
  readonly ends: readonly [number, number];
  readonly axis: string;
  readonly note: string | null;
  readonly xTicks?: number;
  /** One net's; `y` takes shares. */
  readonly children: (
    net: CutNet,
    color: string,
    x: Scale,
    y: Scale,
    style: Drawn['nets'][number]['style'],
  ) => ReactNode;
}

/** One panel with all nets in it. */
function Curves({ drawn: { nets, answer }, ends, axis, note, xTicks = 6, children }: CurvesProps) {
  const shares = answer.nets.flatMap(({ error, again, edits }) => [
    error,
    again ?? 0,
    ...edits.flatMap((edit) => [edit.error, edit.again ?? 0]),
  ]);
  const linesIn = (width: number) => (note === null ? [] : tickLines([note], width - margin.left));
  const keyOf = (width: number) => KEY + linesIn(width).length * NOTE;
  return (
    <Picture keyed={nets} label={words.words.shows} height={(width) => keyOf(width) + PANEL}>
      {(width) => {
        const key = keyOf(width);
        const x = scaleLinear([...ends], [margin.left, width - margin.right]);
        const y = scaleLinear([0, 100 * Math.max(...shares, 0.01)], [key + PANEL - margin.bottom, key + margin.top]).nice(); // prettier-ignore
        return (
          <>
            <NetKey nets={nets} x={margin.left} y={12} />
            {linesIn(width).map((line, i) => (
              <text key={i} className="panel-tick" x={margin.left} y={34 + i * NOTE}>
                {line}
              </text>
            ))}
            <Panel title={words.errors} x={x} y={y} xName={axis} xTicks={xTicks}>
              {nets.map(({ id, style }, i) => {
                const own = answer.nets[i];
                return own && <g key={id}>{children(own, laneColor(style), x, (share) => y(100 * share), style)}</g>; // prettier-ignore
              })}
            </Panel>
          </>
        );
      }}
    </Picture>
  );
}
