import { useApp, useAppState } from '../AppContext.ts';
import { failure as words } from '../messages/en.ts';
import { sentence } from '../messages/format.ts';
import { phaseOf } from '../store/training.ts';

/** What went wrong, what is safe, and what to do next. Nothing while all is well. */
export function FailurePanel() {
  const app = useApp();
  const device = useAppState((state) => state.device);
  const training = useAppState((state) => state.training);
  const failedRun = training.runs.find((run) => run.end?.failure);
  const failure =
    training.failure ?? failedRun?.end?.failure ?? (device.kind === 'failed' ? device.failure : null);
  if (!failure) return null;
  const isDevice = failure.name === 'DeviceError';
  const canRetry = ['idle', 'ended'].includes(phaseOf(training));
  return (
    <section className="failure" role="alert" data-focus-next=".button-main">
      <h2>{isDevice ? words.deviceHeading : words.heading}</h2>
      <dl>
        <dt>{words.happened}</dt>
        <dd>
          {failedRun && !training.failure ? `${failedRun.name}: ` : ''}
          {sentence(failure.message)}
        </dd>
        <dt>{words.safe}</dt>
        <dd>{words.safeText}</dd>
        <dt>{words.next}</dt>
        <dd>{words.nextText(failure)}</dd>
      </dl>
      <p className="failure-actions">
        {isDevice && canRetry && (
          <button type="button" onClick={() => void app.trainElsewhere(failure)}>
            {words.chooseItself}
          </button>
        )}
        {canRetry && (
          <button type="button" onClick={() => void app.train()}>
            {words.retry}
          </button>
        )}
      </p>
      {failure.stack && (
        <details>
          <summary>{words.details}</summary>
          <pre>{failure.stack}</pre>
        </details>
      )}
    </section>
  );
}
