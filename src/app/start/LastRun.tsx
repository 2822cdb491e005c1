import { useSlowAppState } from '../state/hooks/AppContext.ts';
import { sameItems } from '../state/sameItems.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { lastRun as words } from './enStart.ts';
import { lastRunsOf } from './lastRunsOf.ts';

/** Who has just come has trained nothing. */
const LastRunFacts = lazyPart('LastRunFacts', () =>
  import('./LastRunFacts.tsx').then((module) => module.LastRunFacts),
);

/** What was trained last. */
export function LastRun() {
  const runs = useSlowAppState(lastRunsOf, 500, { isSame: sameItems });
  return (
    <section aria-labelledby="start-last">
      <h2 id="start-last">{words.heading}</h2>
      {runs.length === 0 ? <p>{words.none}</p> : <LastRunFacts runs={runs} />}
    </section>
  );
}
