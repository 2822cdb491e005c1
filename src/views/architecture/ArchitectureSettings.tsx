import { ViewSwitch } from '../../app/inside/ViewSwitch.tsx';
import { foldings, type ArchitectureQuestion } from './architecture.ts';
import { architecture as words } from './enArchitecture.ts';

/** How much of the nets is folded. */
export function ArchitectureSettings({
  question,
  change,
}: {
  readonly question: ArchitectureQuestion;
  readonly change: (question: ArchitectureQuestion) => void;
}) {
  return (
    <>
      <ViewSwitch
        legend={words.equal}
        values={foldings}
        chosen={question.equal}
        label={(equal) => words.foldings[equal]}
        choose={(equal) => change({ ...question, equal })}
      />
      <label className="field-check">
        <input
          type="checkbox"
          checked={question.unfolded}
          onChange={({ target }) => change({ ...question, unfolded: target.checked })}
        />
        {words.unfolded}
      </label>
    </>
  );
}
