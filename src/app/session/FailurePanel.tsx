import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { failure as words } from './enNotes.ts';
import { list, sentence } from '../ui/format.ts';
import { failuresOf, type Failed } from './failures.ts';
import { brokenRuns, lastMoment } from './goingOn.ts';
import { isLive, phaseOf } from '../state/training.ts';

/** What went wrong and for which lanes, what is safe, and what to do next. Nothing while all is well. */
export function FailurePanel() {
  const device = useAppState((state) => state.device);
  const training = useAppState((state) => state.training);
  const failed = failuresOf(training);
  const deviceFailure = failed.length === 0 && device.kind === 'failed' ? device.failure : null;
  const all: readonly Failed[] = deviceFailure ? [{ failure: deviceFailure, lanes: [] }] : failed;
  const [first] = all;
  if (!first) return null;
  const isDevice = first.failure.name === 'DeviceError';
  const names = all.flatMap(({ lanes }) => lanes);
  const others = training.runs.some(({ state }) => state !== 'ended');
  const asWhole = training.failure !== null || names.length === 0;
  return (
    <section className="failure" role="alert" data-focus-next=".button-main">
      <h2>{isDevice ? words.deviceHeading : asWhole ? words.heading : words.lanesHeading(names, others)}</h2>
      <dl>
        <dt>{words.happened}</dt>
        {all.map(({ failure, lanes }) => (
          <dd key={sentence(failure.message)}>
            {lanes.length > 0 && !asWhole && all.length > 1 ? `${list(lanes)}: ` : ''}
            {sentence(failure.message)}
          </dd>
        ))}
        <dt>{words.safe}</dt>
        <dd>
          {words.safeText}
          {training.runs.some(({ step }) => step > 0) && ` ${words.weightsSafe}`}
        </dd>
        <dt>{words.next}</dt>
        {[...new Set(all.map(({ failure }) => words.nextText(failure)))].map((text) => (
          <dd key={text}>{text}</dd>
        ))}
      </dl>
      <WaysOn first={first} />
      {first.failure.stack && (
        <details>
          <summary>{words.details}</summary>
          <pre>{all.flatMap(({ failure }) => failure.stack ?? []).join('\n\n')}</pre>
        </details>
      )}
    </section>
  );
}

/** What can be pressed: first what loses nothing. */
function WaysOn({ first: { failure } }: { readonly first: Failed }) {
  const app = useApp();
  const training = useAppState((state) => state.training);
  const moments = useAppState((state) => state.moments);
  const recomputes = useAppState((state) => state.draft.recipe.recompute);
  const batchSize = useAppState((state) => Number(state.draft.recipe.batchSize));
  const kept = brokenRuns({ training, moments });
  const from = Math.min(...kept.map((run) => lastMoment({ moments }, run)?.step ?? 0));
  const goesOn = kept.length > 0;
  if (isLive(phaseOf(training))) {
    return (
      goesOn && (
        <p className="failure-actions">
          {words.goOnLater(
            kept.map(({ name }) => name),
            from,
          )}
        </p>
      )
    );
  }
  const { name } = failure;
  const isLost = name === 'DeviceLostError';
  const half = Math.floor(batchSize / 2);
  return (
    <p className="failure-actions">
      {name === 'DeviceError' && (
        <button type="button" onClick={() => void app.trainElsewhere(failure)}>
          {words.chooseItself}
        </button>
      )}
      {goesOn && (
        <button type="button" onClick={() => void app.continueRuns(kept.map(({ id }) => id))}>
          {words.goOn(from)}
        </button>
      )}
      {goesOn && isLost && (
        <button type="button" onClick={() => void app.trainElsewhere(failure)}>
          {words.goOnElsewhere}
        </button>
      )}
      {name === 'OutOfMemoryError' && !recomputes && (
        <button type="button" title={words.recomputeHint} onClick={() => void app.recomputeAndTrain()}>
          {words.recompute}
        </button>
      )}
      {name === 'OutOfMemoryError' && half >= 1 && (
        <button type="button" onClick={() => void app.trainSmaller(half)}>
          {words.smaller(half)}
        </button>
      )}
      <button type="button" onClick={() => void app.trainNew()}>
        {words.retry}
      </button>
    </p>
  );
}
