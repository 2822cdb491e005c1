import { useId } from 'react';
import type { LookedAt } from '../../app/inside/view.ts';
import { grow as words } from './enGrow.ts';
import { growQuestion, type GrowQuestion } from './grow.ts';

interface Props {
  readonly question: GrowQuestion;
  readonly change: (question: GrowQuestion) => void;
  readonly nets: readonly LookedAt[];
}

/** Into how many layers. */
export function GrowSettings({ question, change, nets }: Props) {
  const id = useId();
  const deepest = Math.max(...nets.map(({ model }) => model.depth));
  return (
    <>
      <label htmlFor={id}>{words.depth}</label>
      <select
        id={id}
        value={question.depth}
        onChange={({ target }) => {
          const depth = growQuestion.entries.depth.options.find((one) => String(one) === target.value);
          if (depth !== undefined) change({ depth });
        }}
      >
        {growQuestion.entries.depth.options.map((depth) => (
          <option key={depth} value={depth} disabled={depth <= deepest}>
            {words.net(depth)}
          </option>
        ))}
      </select>
    </>
  );
}
