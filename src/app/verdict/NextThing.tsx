import { Fragment, useId, useMemo, type ReactNode } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import { readDraft } from '../state/readDraft.ts';
import { nextThing as words } from './enNextThing.ts';
import { nextThings, type Suggestion } from './nextThings.ts';
import { useVerdict } from './VerdictProvider.tsx';

interface Props {
  readonly onChoose: (suggestion: Suggestion) => void;
  /** What is to be known before one is chosen, by its kind. */
  readonly beside?: Partial<Readonly<Record<Suggestion['kind'], ReactNode>>>;
}

/** What to do next, as at most two buttons, each with what it does; nothing where nothing is to be done. */
export function NextThing({ onChoose, beside = {} }: Props) {
  const { phase, runs, all, found, preset, texts } = useVerdict();
  const { isUnclear } = texts;
  const draft = useAppState((state) => state.draft);
  const moments = useAppState((state) => state.moments);
  const id = useId();
  const follow = useAppState((state) => state.training.repeats > 0);
  const suggestions = useMemo(
    () =>
      nextThings({
        draft,
        experiment: readDraft(draft).experiment,
        runs,
        all,
        found,
        phase,
        preset,
        isUnclear,
        moments,
      }),
    [draft, runs, all, found, phase, preset, isUnclear, moments],
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
      {suggestions.map(({ kind }) => (
        <Fragment key={kind}>{beside[kind]}</Fragment>
      ))}
    </div>
  );
}
