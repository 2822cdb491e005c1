import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { Panel, panelMargin as margin, type PanelScale } from '../../app/inside/plot/Panel.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { landscape as words } from './enLandscape.ts';
import type { LineAnswer } from './landscape.ts';
import { lineEnds } from './lineEnds.ts';

const HEIGHT = 270;
const KEY = 44;
/** Narrower, the two panels stand below each other. */
const BESIDE = 640;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly answer: LineAnswer;
  readonly width: number;
}

export const linePanelsHeight = (width: number) => KEY + (width < BESIDE ? 2 : 1) * HEIGHT;

/** Loss and error along a line, each with the statistics that were moved along and with those estimated again. */
export function LinePanels({ nets, answer, width }: Props) {
  const isBeside = width >= BESIDE;
  const panel = isBeside ? width / 2 : width;
  const { losses, errors, again } = answer;
  return (
    <>
      <Key width={width} />
      {[
        { title: words.lossOf(answer.images), own: losses, other: again.losses, isLog: true },
        { title: words.error, own: errors, other: again.errors, isLog: false },
      ].map((drawn, i) => (
        <Along
          key={drawn.title}
          {...drawn}
          nets={nets}
          answer={answer}
          left={isBeside ? i * panel : 0}
          top={KEY + (isBeside ? 0 : i * HEIGHT)}
          width={panel}
        />
      ))}
    </>
  );
}

const DASHES = '6 4';

function Key({ width }: { readonly width: number }) {
  const isNarrow = width < 560;
  return [words.ownStatistics, words.again].map((name, i) => {
    const [x, y] = isNarrow ? [margin.left, 12 + 18 * i] : [margin.left + 260 * i, 12];
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

interface AlongProps {
  readonly title: string;
  readonly own: readonly number[];
  readonly other: readonly number[];
  readonly isLog: boolean;
  readonly nets: readonly LookedAt[];
  readonly answer: LineAnswer;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function Along({ title, own, other, isLog, nets, answer, left, top, width }: AlongProps) {
  const drawable = (value: number) => Number.isFinite(value) && (!isLog || value > 0);
  const all = [...own, ...other].filter(drawable);
  const x = scaleLinear([0, 1], [left + margin.left, left + width - margin.right]);
  const range = [top + HEIGHT - margin.bottom, top + margin.top];
  const y: PanelScale = isLog
    ? scaleLog([Math.min(...all, 1), Math.max(...all, 1)], range).nice()
    : scaleLinear([0, Math.max(...all, 0.1)], range).nice();
  const path = line<number>(
    (_, i) => x(answer.at[i] ?? NaN),
    (value) => y(value),
  ).defined(drawable);
  const { from, to, styles } = lineEnds(nets, answer);
  return (
    <Panel title={title} x={x} y={y} xName={words.shareOfWay(from, to)} yTicks={isLog ? 3 : 5}>
      <path d={path(own) ?? ''} fill="none" stroke="var(--ink)" strokeWidth={2} />
      <path d={path(other) ?? ''} fill="none" stroke="var(--ink)" strokeWidth={2} strokeDasharray={DASHES} />
      {styles.map((style, i) => {
        const at = answer.at.indexOf(i);
        const value = own[at];
        if (!style || value === undefined || !drawable(value)) return null;
        return (
          <g key={i} color={laneColor(style)}>
            <Marker style={style} x={x(i)} y={y(value)} size={1.3} />
          </g>
        );
      })}
    </Panel>
  );
}
