import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
import { shattered as words } from './enShattered.ts';
import { drawCounts, type ShatteredQuestion } from './shattered.ts';

interface Props {
  readonly question: ShatteredQuestion;
  readonly change: (question: ShatteredQuestion) => void;
}

export function ShatteredSettings({ question, change }: Props) {
  const { weights, draws } = question;
  return (
    <>
      <ViewSwitch
        legend={words.weights}
        values={['initial', 'own']}
        chosen={weights}
        label={(one) => words.weightsOf[one]}
        choose={(one) => change({ ...question, weights: one })}
      />
      <p className="field-hint view-wide">{words.weightsHint[weights]}</p>
      <label className="view-choice">
        {words.draws}
        <select
          value={draws}
          onChange={({ target }) =>
            change({
              ...question,
              draws: drawCounts.find((count) => String(count) === target.value) ?? draws,
            })
          }
        >
          {drawCounts.map((count) => (
            <option key={count} value={count}>
              {words.drawsOf[weights](count)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
