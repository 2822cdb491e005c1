import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import type { BlocksAnswer, BlocksNet, BlocksQuestion, Stop } from './blocks.ts';
import { blocks as words } from './enBlocks.ts';
import { netStops, stagesOf } from './netStops.ts';
import { pathOf, StagePanel, type Point, type Scale } from './StagePanel.tsx';
import type { NetStop } from './stops.ts';

const KEY = 24;
const KEY_LINE = 20;
const ERRORS = 320;
const PANEL = 220;
/** Narrower, all panels stand below each other, and what lines mean in rows. */
const BESIDE = 640;

const EXIT = '6 4';
const NO_BASIS = '1.5 3.5';

interface Drawn {
  readonly net: LookedAt;
  readonly own: BlocksNet;
  readonly stops: readonly NetStop[];
}

/** What is wrong by stop, and below it what each block changes and which way it pushes. */
export function BlocksDrawing({ nets, answer }: Answered<BlocksQuestion, BlocksAnswer>) {
  const drawn = nets.flatMap((net, i): Drawn[] => {
    const own = answer.nets[i];
    return own ? [{ net, own, stops: netStops(net.model) }] : [];
  });
  const stages = Math.max(1, ...drawn.map(({ stops }) => stagesOf(stops)));
  const headOf = (width: number) => KEY + (width < BESIDE ? 3 : 1) * KEY_LINE;
  const classes = 10;
  return (
    <Picture
      keyed={nets}
      label={words.words.shows}
      height={(width) => headOf(width) + ERRORS + (width < BESIDE ? 2 : 1) * PANEL}
    >
      {(width) => {
        const isBeside = width >= BESIDE;
        const head = headOf(width);
        const wide = isBeside ? width / 2 : width;
        return (
          <>
            <NetKey nets={nets} x={margin.left} y={12} />
            <LineKey isInRows={!isBeside} />
            <StagePanel
              title={words.error}
              stages={stages}
              range={[0, 100]}
              left={0}
              top={head}
              width={width}
              height={ERRORS}
            >
              {(x, y) => (
                <>
                  <Guessing x={x(stages)} from={x(0)} y={y(100 * (1 - 1 / classes))} />
                  {drawn.map((one) => (
                    <Errors key={one.net.id} {...one} x={x} y={y} />
                  ))}
                </>
              )}
            </StagePanel>
            <MovedPanel drawn={drawn} stages={stages} left={0} top={head + ERRORS} width={wide} />
            <CosinePanel
              drawn={drawn}
              stages={stages}
              left={isBeside ? wide : 0}
              top={head + ERRORS + (isBeside ? 0 : PANEL)}
              width={wide}
            />
          </>
        );
      }}
    </Picture>
  );
}

function LineKey({ isInRows }: { readonly isInRows: boolean }) {
  const keys = [
    { name: words.probeKey, dashes: undefined, at: 0 },
    { name: words.exitKey, dashes: EXIT, at: 110 },
    { name: words.noBasisKey, dashes: NO_BASIS, at: 275 },
  ];
  return keys.map(({ name, dashes, at }, i) => (
    <g
      key={name}
      transform={`translate(${margin.left + (isInRows ? 0 : at)} ${KEY + 8 + (isInRows ? i * KEY_LINE : 0)})`}
    >
      <line x1={0} x2={24} y1={0} y2={0} stroke="var(--ink)" strokeWidth={2} strokeDasharray={dashes} />
      <text className="panel-tick" x={30} y={4}>
        {name}
      </text>
    </g>
  ));
}

function Guessing({ from, x, y }: { readonly from: number; readonly x: number; readonly y: number }) {
  return (
    <g>
      <line className="panel-axis" x1={from} x2={x} y1={y} y2={y} strokeDasharray="2 4" />
      <text className="panel-tick" x={from + 4} y={y - 5}>
        {words.guessing}
      </text>
    </g>
  );
}

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

const pointsOf = ({ own, stops }: Drawn, of: (stop: Stop) => number | null): Point[] =>
  own.stops.map((stop, i) => {
    const value = of(stop);
    return { place: stops[i]?.place ?? NaN, value: value === null ? null : 100 * value };
  });

function Errors({ x, y, ...one }: Drawn & Scales) {
  const color = laneColor(one.net.style);
  const exits = pointsOf(one, ({ exit }) => exit);
  // The whole net has a basis always, and is where both lines end.
  const first = one.stops.findIndex(({ canExit, hasBasis }) => canExit && hasBasis);
  return (
    <g>
      <path
        d={pathOf(
          pointsOf(one, ({ probe }) => probe),
          x,
          y,
        )}
        fill="none"
        stroke={color}
        strokeWidth={2}
      />
      <ExitLine points={exits} first={first} color={color} x={x} y={y} />
      {exits.map(({ place, value }, i) =>
        value === null || !Number.isFinite(value) ? null : (
          <circle
            key={place}
            cx={x(place)}
            cy={y(value)}
            r={3.2}
            fill={i >= first ? color : 'var(--paper)'}
            stroke={color}
            strokeWidth={1.4}
          />
        ),
      )}
    </g>
  );
}

/** Dotted as far as there is no basis, dashed from there on. */
function ExitLine({
  points,
  first,
  color,
  x,
  y,
}: Scales & { readonly points: readonly Point[]; readonly first: number; readonly color: string }) {
  const parts = [
    { points: points.slice(0, first + 1), dashes: NO_BASIS },
    { points: points.slice(first), dashes: EXIT },
  ];
  return parts.map(({ points: own, dashes }) => (
    <path
      key={dashes}
      d={pathOf(own, x, y)}
      fill="none"
      stroke={color}
      strokeWidth={1.8}
      strokeDasharray={dashes}
    />
  ));
}

interface PanelProps {
  readonly drawn: readonly Drawn[];
  readonly stages: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function MovedPanel({ drawn, ...panel }: PanelProps) {
  const lines = drawn.map((one) => ({
    one,
    probe: pointsOf(one, ({ probeMoved }) => probeMoved),
    exit: pointsOf(one, ({ exitMoved }) => exitMoved),
    first: one.stops.findIndex(({ canExit, hasBasis }) => canExit && hasBasis),
  }));
  const values = lines.flatMap(({ probe, exit }) => [...probe, ...exit].map(({ value }) => value ?? 0));
  const most = Math.min(100, 10 * Math.ceil(Math.max(1, ...values.filter(Number.isFinite)) / 10));
  return (
    <StagePanel title={words.moved} range={[0, most]} height={PANEL} {...panel}>
      {(x, y) =>
        lines.map(({ one, probe, exit, first }) => {
          const color = laneColor(one.net.style);
          return (
            <g key={one.net.id}>
              <path d={pathOf(probe, x, y)} fill="none" stroke={color} strokeWidth={2} />
              <ExitLine points={exit} first={first} color={color} x={x} y={y} />
            </g>
          );
        })
      }
    </StagePanel>
  );
}

function CosinePanel({ drawn, ...panel }: PanelProps) {
  const lines = drawn.map((one) => ({
    net: one.net,
    points: one.own.pushes.map((push, block) => ({
      place: one.stops[block + 1]?.place ?? NaN,
      value: push?.cosine ?? null,
    })),
  }));
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const finite = values.filter(Number.isFinite);
  const reach = (value: number) => Math.ceil(10 * Math.abs(value)) / 10;
  const range = [-reach(Math.min(-0.1, ...finite)), reach(Math.max(0.1, ...finite))] as const;
  return (
    <StagePanel title={words.cosine} range={range} height={PANEL} {...panel}>
      {(x, y) => (
        <>
          <line className="panel-axis" x1={x(0)} x2={x(panel.stages)} y1={y(0)} y2={y(0)} />
          {drawn.every(({ own }) => own.pushes.every((push) => push === null)) && (
            <text className="panel-tick" x={x(panel.stages / 2)} y={y(0) - 8} textAnchor="middle">
              {words.noCosine}
            </text>
          )}
          {lines.map(({ net, points }) => (
            <g key={net.id}>
              <path d={pathOf(points, x, y)} fill="none" stroke={laneColor(net.style)} strokeWidth={1.6} />
              {points.map(({ place, value }) =>
                value === null || !Number.isFinite(value) ? null : (
                  <circle key={place} cx={x(place)} cy={y(value)} r={2.6} fill={laneColor(net.style)} />
                ),
              )}
            </g>
          ))}
        </>
      )}
    </StagePanel>
  );
}
