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
      <fieldset className="view-switch">
        <legend>{words.equal}</legend>
        {foldings.map((equal) => (
          <label key={equal}>
            <input
              type="radio"
              name="architecture-equal"
              checked={question.equal === equal}
              onChange={() => change({ ...question, equal })}
            />
            {words.foldings[equal]}
          </label>
        ))}
      </fieldset>
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
