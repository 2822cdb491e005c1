import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { logScale } from '../../app/inside/plot/logScale.ts';
import { NetKey, netKeyMore } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin, type PanelScale } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import { linesOf } from './columns.ts';
import { signal as words } from './enSignal.ts';
import { quantities, type SignalAnswer, type SignalQuestion } from './signal.ts';

const KEY = 24;
const NOTE = 18;
const PANEL = 240;
/** Narrowest panel that stands beside others. */
const BESIDE = 300;

/** A panel each: how each layer responds, how strong its gradient is, and how far the last step moved it. */
export function LinesDrawing({ nets, question, answer }: Answered<SignalQuestion, SignalAnswer>) {
  const isSorted = question.order === 'size';
  const drawn = quantities.map((of) => ({ of, lines: answer.nets.map((moments) => linesOf(moments, of)) }));
  const updates = drawn.find(({ of }) => of === 'update')!.lines;
  const name = (i: number) => nets[i]?.name ?? '';
  const elsewhere = updates.flatMap((own, i) => (own && !own.isShown && own.step !== null ? [{ name: name(i), step: own.step }] : [])); // prettier-ignore
  const unknown = updates.flatMap((own, i) => (own ? [] : [name(i)]));
  const notes = [
    ...(elsewhere.length > 0 ? [words.updateAt(elsewhere)] : []),
    ...(unknown.length > 0 ? [words.noUpdates(unknown)] : []),
  ];
  const panels = drawn.filter(({ of, lines }) => of !== 'update' || lines.some((own) => own !== null));
  const across = (width: number) => (width >= panels.length * BESIDE ? panels.length : 1);
  const keyOf = (width: number) => KEY + netKeyMore(nets, width - margin.left);
  const topOf = (width: number) => keyOf(width) + notes.length * NOTE;
  return (
    <Picture
      label={words.words.shows}
      height={(width) => topOf(width) + (panels.length / across(width)) * PANEL}
    >
      {(width) => {
        const beside = across(width);
        const panelWidth = width / beside;
        const [key, top] = [keyOf(width), topOf(width)];
        return (
          <>
            <NetKey nets={nets} x={margin.left} y={12} width={width - margin.left} />
            {notes.map((note, i) => (
              <text key={note} className="panel-tick" x={margin.left} y={key + i * NOTE + 12}>
                {note}
              </text>
            ))}
            {panels.map(({ of, lines }, i) => (
              <SignalPanel
                key={of}
                title={words.titles[of]}
                isLog={of !== 'deviation'}
                isSorted={isSorted}
                nets={nets}
                lines={lines.map((own) => own?.values ?? [])}
                left={(i % beside) * panelWidth}
                top={top + Math.floor(i / beside) * PANEL}
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
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function SignalPanel({ title, isLog, isSorted, nets, lines, left, top, width }: PanelProps) {
  const finite = lines.flat().filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  const all = finite.length > 0 ? finite : [1];
  const most = Math.max(...lines.map(({ length }) => length), 2);
  const x = scaleLinear([1, most], [left + margin.left, left + width - margin.right]);
  const range = [top + PANEL - margin.bottom, top + margin.top];
  const y: PanelScale = isLog
    ? logScale([Math.min(...all), Math.max(...all)], range)
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
        return (
          <path
            key={net.id}
            d={path(drawn) ?? ''}
            fill="none"
            stroke={laneColor(net.style)}
            strokeWidth={2}
          />
        );
      })}
    </Panel>
  );
}
