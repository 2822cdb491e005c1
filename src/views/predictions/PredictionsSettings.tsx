import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
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
      <ViewSwitch
        legend={words.show}
        values={parts}
        chosen={part}
        label={(one) => words.parts[one]}
        choose={(one) => change({ ...question, part: one })}
      />
      {part === 'own' ? (
        <PicturePicker />
      ) : (
        <ViewSwitch
          legend={words.answered}
          values={imageCounts}
          chosen={images}
          label={(count) => words.counts[count]}
          choose={(count) => change({ ...question, images: count })}
        />
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
