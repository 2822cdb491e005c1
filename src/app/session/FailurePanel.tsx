import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { failure as words } from './enSession.ts';
import { list, sentence } from '../ui/format.ts';
import { failuresOf, type Failed } from './failures.ts';
import { isLive, phaseOf } from '../state/training.ts';

/** What went wrong and for which lanes, what is safe, and what to do next. Nothing while all is well. */
export function FailurePanel() {
  const app = useApp();
  const device = useAppState((state) => state.device);
  const training = useAppState((state) => state.training);
  const recomputes = useAppState((state) => state.draft.recipe.recompute);
  const failed = failuresOf(training);
  const deviceFailure = failed.length === 0 && device.kind === 'failed' ? device.failure : null;
  const all: readonly Failed[] = deviceFailure ? [{ failure: deviceFailure, lanes: [] }] : failed;
  const [first] = all;
  if (!first) return null;
  const isDevice = first.failure.name === 'DeviceError';
  const canRetry = !isLive(phaseOf(training));
  const isOutOfMemory = all.some(({ failure }) => failure.name === 'OutOfMemoryError');
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
      <p className="failure-actions">
        {isDevice && canRetry && (
          <button type="button" onClick={() => void app.trainElsewhere(first.failure)}>
            {words.chooseItself}
          </button>
        )}
        {isOutOfMemory && canRetry && !recomputes && (
          <button type="button" title={words.recomputeHint} onClick={() => void app.recomputeAndTrain()}>
            {words.recompute}
          </button>
        )}
        {canRetry && (
          <button type="button" onClick={() => void app.trainNew()}>
            {words.retry}
          </button>
        )}
      </p>
      {first.failure.stack && (
        <details>
          <summary>{words.details}</summary>
          <pre>{all.flatMap(({ failure }) => failure.stack ?? []).join('\n\n')}</pre>
        </details>
      )}
    </section>
  );
}
