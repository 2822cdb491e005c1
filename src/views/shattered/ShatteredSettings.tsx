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
      <fieldset className="view-switch">
        <legend>{words.weights}</legend>
        {(['initial', 'own'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="shattered-weights"
              checked={weights === one}
              onChange={() => change({ ...question, weights: one })}
            />
            {words.weightsOf[one]}
          </label>
        ))}
      </fieldset>
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
