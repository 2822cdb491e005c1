import { signal as words } from './enSignal.ts';
import { quantities, type SignalQuestion } from './signal.ts';

export function SignalSettings({
  question,
  change,
}: {
  readonly question: SignalQuestion;
  readonly change: (question: SignalQuestion) => void;
}) {
  const { across, of, order } = question;
  return (
    <>
      <fieldset className="view-switch">
        <legend>{words.across}</legend>
        {(['layers', 'steps'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="signal-across"
              checked={across === one}
              onChange={() => change({ ...question, across: one })}
            />
            {words.acrosses[one]}
          </label>
        ))}
      </fieldset>
      {across === 'steps' ? (
        <fieldset className="view-switch">
          <legend>{words.of}</legend>
          {quantities.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="signal-of"
                checked={of === one}
                onChange={() => change({ ...question, of: one })}
              />
              {words.quantities[one]}
            </label>
          ))}
        </fieldset>
      ) : (
        <fieldset className="view-switch">
          <legend>{words.order}</legend>
          {(['depth', 'size'] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="signal-order"
                checked={order === one}
                onChange={() => change({ ...question, order: one })}
              />
              {words.orders[one]}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
