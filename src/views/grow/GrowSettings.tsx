import { useId } from 'react';
import type { LookedAt } from '../../app/inside/view.ts';
import { grow as words } from './enGrow.ts';
import { depthOf, DEPTHS, type GrowQuestion } from './grow.ts';

interface Props {
  readonly question: GrowQuestion;
  readonly change: (question: GrowQuestion) => void;
  readonly nets: readonly LookedAt[];
}

/** Into how many layers. */
export function GrowSettings({ question, change, nets }: Props) {
  const id = useId();
  const depths = nets.map(({ model }) => model.depth);
  const shallowest = Math.min(...depths);
  return (
    <>
      <label htmlFor={id}>{words.depth}</label>
      <select
        id={id}
        value={depthOf(question, depths)}
        onChange={({ target }) => {
          const depth = DEPTHS.find((one) => String(one) === target.value);
          if (depth !== undefined) change({ depth });
        }}
      >
        {DEPTHS.map((depth) => (
          <option key={depth} value={depth} disabled={depth <= shallowest}>
            {words.net(depth)}
          </option>
        ))}
      </select>
    </>
  );
}
