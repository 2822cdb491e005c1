import { useLayerChoice } from '../../app/inside/layerChoice.ts';
import { DepthLines } from '../../app/inside/plot/DepthLines.tsx';
import { NetKey, netKeyMore } from '../../app/inside/plot/NetKey.tsx';
import { panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { tickLines } from '../../app/inside/plot/wrapped.ts';
import type { Answered } from '../../app/inside/view.ts';
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
  const { layer } = useLayerChoice();
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
  const linesIn = (width: number) => tickLines(notes, width - margin.left);
  const topOf = (width: number) => keyOf(width) + linesIn(width).length * NOTE;
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
            {linesIn(width).map((note, i) => (
              <text key={i} className="panel-tick" x={margin.left} y={key + i * NOTE + 12}>
                {note}
              </text>
            ))}
            {panels.map(({ of, lines }, i) => (
              <DepthLines
                key={of}
                title={words.titles[of]}
                isLog={of !== 'deviation'}
                nets={nets}
                {...ordered(lines, isSorted, layer)}
                xName={isSorted ? words.sorted : words.layer}
                left={(i % beside) * panelWidth}
                top={top + Math.floor(i / beside) * PANEL}
                width={panelWidth}
                height={PANEL}
              />
            ))}
          </>
        );
      }}
    </Picture>
  );
}

/** The values of each net as they are drawn, and where the chosen layer stands among them. */
function ordered(lines: readonly ReturnType<typeof linesOf>[], isSorted: boolean, layer: string | null) {
  const own = lines.map((line) => {
    const values = (line?.values ?? []).map((value, i) => ({ value, isChosen: line?.names[i] === layer }));
    return isSorted ? values.sort((a, b) => b.value - a.value) : values;
  });
  return {
    lines: own.map((values) => values.map(({ value }) => value)),
    chosen: own.map((values) => values.findIndex(({ isChosen }) => isChosen)),
  };
}
