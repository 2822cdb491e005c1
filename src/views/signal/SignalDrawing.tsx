import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { useLayerChoice } from '../../app/inside/layerChoice.ts';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin, type PanelScale } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import { signal as words } from './enSignal.ts';
import type { LayerSignal, SignalAnswer, SignalQuestion } from './signal.ts';

const KEY = 24;
const PANEL = 240;
/** Narrower, the two panels stand below each other. */
const BESIDE = 640;

const values = {
  deviation: ({ deviation }: LayerSignal) => deviation,
  gradient: ({ gradient, weight }: LayerSignal) => gradient / weight,
} as const;

export function SignalSettings({
  question,
  change,
}: {
  readonly question: SignalQuestion;
  readonly change: (question: SignalQuestion) => void;
}) {
  return (
    <fieldset className="view-switch">
      <legend>{words.order}</legend>
      {(['depth', 'size'] as const).map((order) => (
        <label key={order}>
          <input
            type="radio"
            name="signal-order"
            checked={question.order === order}
            onChange={() => change({ order })}
          />
          {words.orders[order]}
        </label>
      ))}
    </fieldset>
  );
}

/** Two panels: how each layer responds, and how strong its gradient is. */
export function SignalDrawing({ nets, question, answer }: Answered<SignalQuestion, SignalAnswer>) {
  const isSorted = question.order === 'size';
  const { layer } = useLayerChoice();
  return (
    <Picture
      keyed={nets}
      label={words.words.shows}
      height={(width) => KEY + (width < BESIDE ? 2 : 1) * PANEL}
    >
      {(width) => {
        const isBeside = width >= BESIDE;
        const panelWidth = isBeside ? width / 2 : width;
        return (
          <>
            <NetKey nets={nets} x={margin.left} y={12} />
            {(['deviation', 'gradient'] as const).map((of, i) => (
              <SignalPanel
                key={of}
                title={words[of]}
                isLog={of === 'gradient'}
                isSorted={isSorted}
                nets={nets}
                lines={answer.nets.map((layers) => layers.map(values[of]))}
                chosen={answer.nets.map((layers) => layers.findIndex(({ name }) => name === layer))}
                left={isBeside ? i * panelWidth : 0}
                top={KEY + (isBeside ? 0 : i * PANEL)}
                width={panelWidth}
              />
            ))}
          </>
        );
      }}
    </Picture>
  );
}

interface PanelProps {
  readonly title: string;
  readonly isLog: boolean;
  readonly isSorted: boolean;
  readonly nets: readonly LookedAt[];
  readonly lines: readonly (readonly number[])[];
  /** Of each net, the place of the chosen layer by depth; -1 where it has none such. */
  readonly chosen: readonly number[];
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function SignalPanel({ title, isLog, isSorted, nets, lines, chosen, left, top, width }: PanelProps) {
  const finite = lines.flat().filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  const all = finite.length > 0 ? finite : [1];
  const most = Math.max(...lines.map(({ length }) => length), 2);
  const x = scaleLinear([1, most], [left + margin.left, left + width - margin.right]);
  const range = [top + PANEL - margin.bottom, top + margin.top];
  const y: PanelScale = isLog
    ? scaleLog([Math.min(...all), Math.max(...all)], range).nice()
    : scaleLinear([0, Math.max(...all)], range).nice();
  const path = line<number>(
    (_, i) => x(i + 1),
    (value) => y(value),
  ).defined((value) => Number.isFinite(value) && (!isLog || value > 0));
  return (
    <Panel title={title} x={x} y={y} xName={isSorted ? words.sorted : words.layer} yTicks={isLog ? 3 : 5}>
      {lines.map((own, i) => {
        const net = nets[i];
        if (!net) return null;
        const drawn = isSorted ? own.toSorted((a, b) => b - a) : own;
        const value = own[chosen[i] ?? -1];
        const isMarked = value !== undefined && Number.isFinite(value) && (!isLog || value > 0);
        const at = isSorted && isMarked ? drawn.indexOf(value) : (chosen[i] ?? -1);
        return (
          <g key={net.id}>
            <path d={path(drawn) ?? ''} fill="none" stroke={laneColor(net.style)} strokeWidth={2} />
            {isMarked && (
              <circle className="layer-dot" cx={x(at + 1)} cy={y(value)} r={5} fill={laneColor(net.style)} />
            )}
          </g>
        );
      })}
    </Panel>
  );
}
