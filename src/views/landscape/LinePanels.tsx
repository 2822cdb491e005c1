import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin, type PanelScale } from '../../app/inside/plot/Panel.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { landscape as words } from './enLandscape.ts';
import type { LineAnswer } from './landscape.ts';
import { linesOf } from './linesOf.ts';

const HEIGHT = 270;
/** Narrower, the two panels stand below each other. */
const BESIDE = 640;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly answer: LineAnswer;
  readonly width: number;
}

const keyHeight = (width: number) => (isNarrow(width) ? 66 : 48);

export const linePanelsHeight = (width: number) => keyHeight(width) + (width < BESIDE ? 2 : 1) * HEIGHT;

/** Loss and error along lines, each with the statistics that were moved along and with those estimated again. */
export function LinePanels({ nets, answer, width }: Props) {
  const isBeside = width >= BESIDE;
  const panel = isBeside ? width / 2 : width;
  const lines = linesOf(nets, answer);
  return (
    <>
      <NetKey nets={lines.map(({ net }) => net)} x={margin.left} y={12} />
      <Key width={width} />
      {(['losses', 'errors'] as const).map((of, i) => (
        <Along
          key={of}
          title={of === 'losses' ? words.lossOn(answer.images) : words.error}
          of={of}
          at={answer.at}
          lines={lines}
          left={isBeside ? i * panel : 0}
          top={keyHeight(width) + (isBeside ? 0 : i * HEIGHT)}
          width={panel}
        />
      ))}
    </>
  );
}

const DASHES = '6 4';
const isNarrow = (width: number) => width < 560;

function Key({ width }: { readonly width: number }) {
  return [words.ownStatistics, words.again].map((name, i) => {
    const [x, y] = isNarrow(width) ? [margin.left, 34 + 18 * i] : [margin.left + 260 * i, 34];
    return (
      <g key={name}>
        <line
          x1={x}
          x2={x + 26}
          y1={y}
          y2={y}
          stroke="var(--ink)"
          strokeWidth={2}
          {...(i === 1 && { strokeDasharray: DASHES })}
        />
        <text x={x + 32} y={y + 4}>
          {name}
        </text>
      </g>
    );
  });
}

/** A greatest loss of so many times the least one is drawn on a logarithmic scale. */
const WIDE = 20;

interface AlongProps {
  readonly title: string;
  readonly of: 'losses' | 'errors';
  readonly at: readonly number[];
  readonly lines: ReturnType<typeof linesOf>;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function Along({ title, of, at, lines, left, top, width }: AlongProps) {
  const all = lines.flatMap(({ line: drawn }) => [...drawn[of], ...drawn.again[of]]).filter(Number.isFinite);
  const greatest = Math.max(...all, of === 'errors' ? 0.1 : 0.01);
  const least = Math.min(...all.filter((value) => value > 0), greatest);
  const isLog = of === 'losses' && greatest > WIDE * least;
  const drawable = (value: number) => Number.isFinite(value) && (!isLog || value > 0);
  const x = scaleLinear([0, 1], [left + margin.left, left + width - margin.right]);
  const range = [top + HEIGHT - margin.bottom, top + margin.top];
  const y: PanelScale = isLog ? scaleLog([least, greatest], range) : scaleLinear([0, greatest], range).nice();
  const path = line<number>(
    (_, i) => x(at[i] ?? NaN),
    (value) => y(value),
  ).defined(drawable);
  const [only] = lines;
  const name = only && lines.length === 1 ? words.shareOfWay(only.from, only.to.name) : words.shareOfWays;
  return (
    <Panel title={title} x={x} y={y} xName={name} yTicks={isLog ? 3 : 5}>
      {lines.map(({ line: drawn, net, to }) => {
        const shared = { fill: 'none', stroke: laneColor(net.style), strokeWidth: 2 };
        const last = drawn[of].at(-1);
        const [first] = drawn[of];
        const isWhole = drawn[of].length === at.length;
        return (
          <g key={net.id}>
            <path d={path(drawn[of]) ?? ''} {...shared} />
            <path d={path(drawn.again[of]) ?? ''} {...shared} strokeDasharray={DASHES} />
            {first !== undefined && drawable(first) && <Marker style={net.style} x={x(0)} y={y(first)} />}
            {isWhole && last !== undefined && drawable(last) && (
              <Marker style={to.style} x={x(1)} y={y(last)} size={1.4} />
            )}
          </g>
        );
      })}
    </Panel>
  );
}
