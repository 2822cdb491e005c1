import { PicturePicker } from '../../app/inside/picture/PicturePicker.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { predictions as words } from './enPredictions.ts';
import { setAmong, setsOf } from './imageSets.ts';
import { imageCounts, parts, type PredictionsQuestion } from './predictions.ts';
import { setName } from './setName.ts';

interface Props {
  readonly question: PredictionsQuestion;
  readonly change: (question: PredictionsQuestion) => void;
  readonly nets: readonly LookedAt[];
}

export function PredictionsSettings({ question, change, nets }: Props) {
  const { part, images } = question;
  return (
    <>
      <fieldset className="view-switch">
        <legend>{words.show}</legend>
        {parts.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="predictions-part"
              checked={part === one}
              onChange={() => change({ ...question, part: one })}
            />
            {words.parts[one]}
          </label>
        ))}
      </fieldset>
      {part === 'own' ? (
        <PicturePicker />
      ) : (
        <fieldset className="view-switch">
          <legend>{words.answered}</legend>
          {imageCounts.map((count) => (
            <label key={count}>
              <input
                type="radio"
                name="predictions-images"
                checked={images === count}
                onChange={() => change({ ...question, images: count })}
              />
              {words.counts[count]}
            </label>
          ))}
        </fieldset>
      )}
      {part === 'images' && <SetChoice question={question} change={change} nets={nets} />}
    </>
  );
}

function SetChoice({ question, change, nets }: Props) {
  const sets = setsOf(nets.length);
  const chosen = setAmong(question, nets.length);
  const at = sets.findIndex(({ set, of }) => set === chosen.set && of === chosen.of);
  return (
    <label className="view-choice">
      {words.whichImages}
      <select
        value={at}
        onChange={({ target }) => {
          const next = sets[Number(target.value)];
          if (next) change({ ...question, ...next });
        }}
      >
        {sets.map((one, i) => (
          <option key={i} value={i}>
            {setName(one, nets)}
          </option>
        ))}
      </select>
    </label>
  );
}
