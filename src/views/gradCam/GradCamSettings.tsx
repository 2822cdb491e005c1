import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
import { useState } from 'react';
import { PicturePicker } from '../../app/inside/picture/PicturePicker.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { classNames, TEST_IMAGES } from '../../model/dataset.ts';
import { buildGraph } from '../../model/graph.ts';
import { gradCam as words } from './enGradCam.ts';
import './gradCam.css';
import { IMAGES, parts, type GradCamQuestion } from './gradCam.ts';
import { layersToChoose } from './layers.ts';

interface Props {
  readonly question: GradCamQuestion;
  readonly change: (question: GradCamQuestion) => void;
  readonly nets: readonly LookedAt[];
}

export function GradCamSettings({ question, change, nets }: Props) {
  const { part, of } = question;
  const hasImages = part !== 'filters';
  return (
    <div className="cam-settings">
      <ViewSwitch
        legend={words.show}
        values={parts}
        chosen={part}
        label={(one) => words.parts[one]}
        choose={(one) => change({ ...question, part: one })}
      />
      {hasImages && (
        <ViewSwitch
          legend={words.pictures}
          values={['test', 'own']}
          chosen={of}
          label={(one) => words.ofs[one]}
          choose={(one) => change({ ...question, of: one })}
        />
      )}
      {hasImages && of === 'test' && <ImageNumber question={question} change={change} />}
      {hasImages && of === 'own' && <PicturePicker />}
      {hasImages && <LayerChoice question={question} change={change} nets={nets} />}
      {part === 'gradCam' && <TargetChoice question={question} change={change} />}
      <ViewSwitch
        legend={words.scale}
        values={['one', 'each']}
        chosen={question.scale}
        label={(one) => words.scales[one]}
        choose={(one) => change({ ...question, scale: one })}
      />
    </div>
  );
}

/** The number of the first picture: typed, or gone through. */
function ImageNumber({ question, change }: Omit<Props, 'nets'>) {
  const { image, part } = question;
  /** What is typed and not, or not yet, a number that there is. */
  const [typed, setTyped] = useState<string | null>(null);
  const step = part === 'gradCam' ? IMAGES : 1;
  const last = TEST_IMAGES - step;
  const go = (to: number) => {
    setTyped(null);
    change({ ...question, image: Math.min(last, Math.max(0, to)) });
  };
  const type = (text: string) => {
    setTyped(text);
    if (/^\d{1,4}$/.test(text.trim())) change({ ...question, image: Number(text) });
  };
  return (
    <span className="view-choice">
      <label className="cam-number">
        {words.from[part === 'gradCam' ? 'gradCam' : 'maps']}
        <input
          type="text"
          inputMode="numeric"
          size={5}
          value={typed ?? String(image)}
          onChange={({ target }) => type(target.value)}
          onBlur={() => setTyped(null)}
        />
      </label>
      <button type="button" className="button-small" disabled={image === 0} onClick={() => go(image - step)}>
        {words.earlier}
      </button>
      <button
        type="button"
        className="button-small"
        disabled={image >= last}
        onClick={() => go(image + step)}
      >
        {words.later}
      </button>
    </span>
  );
}

/** Stands for none in a list of names. */
const LAST = '';

function LayerChoice({ question, change, nets }: Props) {
  const { stages, names } = layersToChoose(nets.map(({ model }) => buildGraph(model)));
  const { layer } = question;
  // One that was chosen elsewhere, or with other nets, is still the one that is shown.
  const isOther = layer !== null && !stages.includes(layer) && !names.includes(layer);
  return (
    <label className="view-choice">
      {words.layer}
      <select
        value={layer ?? LAST}
        onChange={({ target }) => change({ ...question, layer: target.value === LAST ? null : target.value })}
      >
        <option value={LAST}>{words.last}</option>
        {stages.map((stage) => (
          <option key={stage} value={stage}>
            {words.stage(stage)}
          </option>
        ))}
        {isOther && <option>{layer}</option>}
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function TargetChoice({ question, change }: Omit<Props, 'nets'>) {
  const { target: chosen, of } = question;
  // A picture of one's own has no right class: what is asked then is the answer's.
  const named = of === 'own' ? (['answer'] as const) : (['answer', 'label'] as const);
  const value = of === 'own' && chosen === 'label' ? 'answer' : chosen;
  return (
    <label className="view-choice">
      {words.target}
      <select
        value={String(value)}
        onChange={({ target }) =>
          change({
            ...question,
            target:
              target.value === 'answer' || target.value === 'label' ? target.value : Number(target.value),
          })
        }
      >
        {named.map((one) => (
          <option key={one} value={one}>
            {words.targets[one]}
          </option>
        ))}
        {classNames.map((name, number) => (
          <option key={name} value={number}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
