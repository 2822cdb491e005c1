import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
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
      <ViewSwitch
        legend={words.across}
        values={['layers', 'steps']}
        chosen={across}
        label={(one) => words.acrosses[one]}
        choose={(one) => change({ ...question, across: one })}
      />
      {across === 'steps' ? (
        <ViewSwitch
          legend={words.of}
          values={quantities}
          chosen={of}
          label={(one) => words.quantities[one]}
          choose={(one) => change({ ...question, of: one })}
        />
      ) : (
        <ViewSwitch
          legend={words.order}
          values={['depth', 'size']}
          chosen={order}
          label={(one) => words.orders[one]}
          choose={(one) => change({ ...question, order: one })}
        />
      )}
    </>
  );
}
