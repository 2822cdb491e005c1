import { useId, useMemo } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import { readDraft } from '../state/readDraft.ts';
import { nextThing as words } from './enNextThing.ts';
import { nextThings, type Suggestion } from './nextThings.ts';
import { useVerdict } from './VerdictProvider.tsx';

/** What to do next, as at most two buttons, each with what it does; nothing where nothing is to be done. */
export function NextThing({ onChoose }: { readonly onChoose: (suggestion: Suggestion) => void }) {
  const { phase, runs, all, found } = useVerdict();
  const draft = useAppState((state) => state.draft);
  const moments = useAppState((state) => state.moments);
  const id = useId();
  const follow = useAppState((state) => state.training.repeats > 0);
  const suggestions = useMemo(
    () => nextThings({ draft, experiment: readDraft(draft).experiment, runs, all, found, phase, moments }),
    [draft, runs, all, found, phase, moments],
  );
  // The next seed starts by itself.
  if (follow || suggestions.length === 0) return null;
  return (
    <div className="next-thing" role="group" aria-label={words.heading} data-focus-next=".go .button-main">
      {suggestions.map((suggestion, i) => {
        const { label, hint } = words.words(suggestion);
        const hintId = `${id}-${suggestion.kind}`;
        return (
          <div key={suggestion.kind}>
            <button
              type="button"
              className={i === 0 ? 'button-main' : 'button-large'}
              aria-describedby={hintId}
              onClick={() => onChoose(suggestion)}
            >
              {label}
            </button>
            <small id={hintId}>{hint}</small>
          </div>
        );
      })}
    </div>
  );
}
