import { useLayerChoice } from '../../app/inside/layerChoice.ts';
import { DepthLines } from '../../app/inside/plot/DepthLines.tsx';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered } from '../../app/inside/view.ts';
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
  const drawn = (of: keyof typeof values) => {
    const own = answer.nets.map((layers) =>
      layers
        .map((one) => ({ isChosen: one.name === layer, value: values[of](one) }))
        .sort((a, b) => (isSorted ? b.value - a.value : 0)),
    );
    return {
      lines: own.map((layers) => layers.map(({ value }) => value)),
      chosen: own.map((layers) => layers.findIndex(({ isChosen }) => isChosen)),
    };
  };
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
              <DepthLines
                key={of}
                title={words[of]}
                isLog={of === 'gradient'}
                nets={nets}
                {...drawn(of)}
                xName={isSorted ? words.sorted : words.layer}
                left={isBeside ? i * panelWidth : 0}
                top={KEY + (isBeside ? 0 : i * PANEL)}
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
