import { useContext, useSyncExternalStore, type ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { parts as words, type PartName } from './enParts.ts';
import { faultFacts, faultOf } from './partFault.ts';
import { RescueContext } from './RescueContext.ts';
import { useOutdated } from './pageAge.ts';
import { PartError } from './partError.ts';

interface Props {
  readonly name: PartName;
  readonly children: ReactNode;
  /** Where there is room for a word only. */
  readonly small?: boolean;
  /** Makes ready for another try. */
  readonly onRetry?: () => void;
  /** Tries once more when it is another. */
  readonly attempt?: number;
}

/** Keeps what fails in a part of the page from the others. */
export function Boundary({ name, children, small = false, onRetry, attempt = 0 }: Props) {
  return (
    <ErrorBoundary
      resetKeys={[attempt]}
      onReset={() => onRetry?.()}
      fallbackRender={(props) => <PartFailure {...props} name={name} small={small} />}
    >
      {children}
    </ErrorBoundary>
  );
}

interface FailureProps extends FallbackProps {
  readonly name: PartName;
  readonly small: boolean;
}

/** What failed, that the runs are here, and how to go on. */
function PartFailure({ name, small, error, resetErrorBoundary }: FailureProps) {
  const rescue = useContext(RescueContext);
  const isOld = useOutdated(error instanceof PartError ? error : null);
  const hasRuns = useSyncExternalStore(rescue.subscribe, rescue.hasRuns);
  const fault = isOld ? 'old' : faultOf(error);
  const retry = (
    <button type="button" className="button-small" onClick={() => resetErrorBoundary()}>
      {words.retry}
    </button>
  );
  if (small) {
    return (
      <span className="part-failure-small" title={words.why[fault](faultFacts(error))}>
        {words.failedShort(name)} {retry}
      </span>
    );
  }
  return (
    <div className="part-failure" role="alert">
      <p>
        <b>{words.failed(name, fault)}</b> {words.why[fault](faultFacts(error))}
      </p>
      <p>{hasRuns ? words.safe : words.nothingLost}</p>
      <p className="part-failure-actions">
        {retry}
        {hasRuns && (
          <button type="button" className="button-small" onClick={(event) => rescue.save(event)}>
            {words.save}
          </button>
        )}
        {isOld && (
          <button type="button" className="button-small" onClick={() => location.reload()}>
            {words.reload}
          </button>
        )}
      </p>
    </div>
  );
}
