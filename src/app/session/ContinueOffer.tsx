import { useMemo } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { continueOffer as words } from './enNotes.ts';
import { lastMoment } from './goingOn.ts';
import { interruptedRuns } from './experimentOfRuns.ts';

/** What was interrupted when the page was last left, and the way on. Nothing where nothing was. */
export function ContinueOffer() {
  const app = useApp();
  const training = useAppState((state) => state.training);
  const archive = useAppState((state) => state.archive);
  const library = useAppState((state) => state.library);
  const moments = useAppState((state) => state.moments);
  const runs = useMemo(
    () => (isLive(phaseOf(training)) ? [] : interruptedRuns({ training, archive, library, moments })),
    [training, archive, library, moments],
  );
  if (runs.length === 0) return null;
  const steps = runs.map((run) => run.step);
  const from = runs.map((run) => lastMoment({ moments }, run)?.step ?? 0);
  return (
    <section className="continue-offer" aria-labelledby="continue-text" data-focus-next=".button-main">
      <p id="continue-text">
        {words.text(
          runs.map(({ name }) => name),
          Math.min(...steps),
          Math.max(...steps),
        )}
      </p>
      <p className="continue-offer-actions">
        <button type="button" className="button-small" onClick={() => void app.continueRuns()}>
          {words.go(Math.min(...from))}
        </button>
        <button
          type="button"
          className="link-button"
          onClick={() => app.leaveInterrupted(runs.map(({ id }) => id))}
        >
          {words.leave}
        </button>
      </p>
    </section>
  );
}
