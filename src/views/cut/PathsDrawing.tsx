import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { logScale } from '../../app/inside/plot/logScale.ts';
import { NetKey, netKeyMore } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin, type PanelScale } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { tickLines } from '../../app/inside/plot/wrapped.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { gradientShares, pathShares } from '../../insights/paths.ts';
import type { PathsAnswer } from './cut.ts';
import { cut as words } from './enCut.ts';
import { netBlocks } from './nets.ts';

const KEY = 24;
const NOTE = 18;
const PANEL = 240;
/** Narrowest panel that stands beside another. */
const BESIDE = 300;

interface Point {
  readonly length: number;
  readonly value: number;
}

interface Line {
  readonly net: LookedAt;
  readonly points: readonly Point[];
}

/** How many paths there are of each length, what one of them brings, and both multiplied, as the paper's figure 6. */
export function PathsDrawing({
  nets,
  answer,
}: {
  readonly nets: readonly LookedAt[];
  readonly answer: PathsAnswer;
}) {
  const looked = nets.flatMap((net, i) => {
    const own = answer.nets[i];
    return own ? [{ net, own }] : [];
  });
  const single = nets.flatMap(({ name, model }, i) =>
    answer.nets[i] === null ? [words.onePath(name, netBlocks(model).blocks.length)] : [],
  );
  const linesOf = (of: (own: (typeof looked)[number]['own']) => readonly Point[]): readonly Line[] =>
    looked.map(({ net, own }) => ({ net, points: of(own) }));
  const inPercent = (shares: readonly number[]) => shares.map((share, length) => ({ length, value: 100 * share })); // prettier-ignore
  const panels = {
    shares: linesOf(({ blocks }) => inPercent(pathShares(blocks))),
    gradients: linesOf(({ lengths }) => lengths.map(({ length, gradient }) => ({ length, value: gradient }))),
    products: linesOf(({ blocks, lengths }) => inPercent(gradientShares(blocks, lengths))),
  };
  const keyOf = (width: number) => KEY + netKeyMore(nets, width - margin.left);
  const linesIn = (width: number) => tickLines(single, width - margin.left);
  const topOf = (width: number) => keyOf(width) + linesIn(width).length * NOTE;
  const longest = Math.max(1, ...looked.map(({ own }) => own.blocks));
  const beside = (width: number) => (width >= 3 * BESIDE ? 3 : 1);
  return (
    <>
      <Picture
        label={words.pathsTitle}
        height={(width) => topOf(width) + (looked.length === 0 ? 0 : (3 / beside(width)) * PANEL)}
      >
        {(width) => {
          const across = beside(width);
          const [key, top] = [keyOf(width), topOf(width)];
          return (
            <>
              <NetKey nets={nets} x={margin.left} y={12} width={width - margin.left} />
              {linesIn(width).map((said, i) => (
                <text key={i} className="panel-tick" x={margin.left} y={key + i * NOTE + 12}>
                  {said}
                </text>
              ))}
              {looked.length > 0 &&
                (['shares', 'gradients', 'products'] as const).map((of, i) => (
                  <PathsPanel
                    key={of}
                    title={words.ofPaths[of]}
                    isLog={of === 'gradients'}
                    lines={panels[of]}
                    longest={longest}
                    left={(i % across) * (width / across)}
                    top={top + Math.floor(i / across) * PANEL}
                    width={width / across}
                  />
                ))}
            </>
          );
        }}
      </Picture>
      <p className="field-hint">
        {words.pathsShow} {words.pathsDoNot}
      </p>
    </>
  );
}

interface PanelProps {
  readonly title: string;
  readonly isLog: boolean;
  readonly lines: readonly Line[];
  readonly longest: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** As many lengths as can be told apart have their net's mark. */
const MOST_MARKS = 30;

function PathsPanel({ title, isLog, lines, longest, left, top, width }: PanelProps) {
  const isDrawn = ({ value }: Point) => Number.isFinite(value) && (!isLog || value > 0);
  const values = lines.flatMap(({ points }) => points.filter(isDrawn).map(({ value }) => value));
  const all = values.length > 0 ? values : [1];
  const x = scaleLinear([0, longest], [left + margin.left, left + width - margin.right]);
  const range = [top + PANEL - margin.bottom, top + margin.top];
  const y: PanelScale = isLog
    ? logScale([Math.min(...all), Math.max(...all)], range)
    : scaleLinear([0, Math.max(...all)], range).nice();
  const path = line<Point>(
    ({ length }) => x(length),
    ({ value }) => y(value),
  ).defined(isDrawn);
  return (
    <Panel
      title={title}
      x={x}
      y={y}
      xName={words.pathLength}
      yTicks={isLog ? 3 : 4}
      xTicks={Math.min(6, longest)}
    >
      {lines.map(({ net, points }) => (
        <g key={net.id}>
          <path d={path(points) ?? ''} fill="none" stroke={laneColor(net.style)} strokeWidth={2} />
          {points.length <= MOST_MARKS &&
            points
              .filter(isDrawn)
              .map(({ length, value }) => (
                <Marker key={length} style={net.style} x={x(length)} y={y(value)} size={0.6} />
              ))}
        </g>
      ))}
    </Panel>
  );
}
