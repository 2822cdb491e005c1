import { useId, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { CheckField } from '../ui/Field.tsx';
import { tools as words } from './enCharts.ts';
import { MANY_LANES } from './panes.ts';
import { Smoothing } from './Smoothing.tsx';

interface Props {
  readonly showsTable: boolean;
  readonly onTable: (shows: boolean) => void;
  readonly isFrozen: boolean;
  readonly onFreeze: (freeze: boolean) => void;
  /** Lanes that are drawn. */
  readonly lanes: number;
  /** Where the row has no room for the tools beside: what opens export and import; else null. */
  readonly compact: ReactNode;
}

/** What is wanted rarely, in a small panel that closes when the focus leaves it. */
export function MoreTools({ showsTable, onTable, isFrozen, onFreeze, lanes, compact }: Props) {
  const { setView } = useApp();
  const view = useAppState((state) => state.view);
  const details = useRef<HTMLDetailsElement>(null);
  const id = useId();
  const close = () => {
    if (details.current) details.current.open = false;
  };
  const onBlur = (event: FocusEvent<HTMLDetailsElement>) => {
    // A dialog that was opened here gives the focus back to what opened it.
    if (event.target.closest('dialog') || document.querySelector('dialog[open]')) return;
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A dialog closes by itself.
    if (event.key !== 'Escape' || (event.target as Element).closest('dialog')) return;
    close();
    details.current?.querySelector('summary')?.focus();
  };
  return (
    <details className="more" ref={details} onBlur={onBlur} onKeyDown={onKeyDown}>
      <summary className="button-small">{words.more}</summary>
      {/* A click beside a box must not take the focus out of here. */}
      <div className="more-panel" tabIndex={-1}>
        {compact !== null && (
          <>
            <Smoothing />
            <CheckField
              id={`${id}-all-measures`}
              label={words.allMeasures}
              checked={view.allMeasures}
              onChange={(allMeasures) => setView({ allMeasures })}
            />
          </>
        )}
        <CheckField
          id={`${id}-log-x`}
          label={words.logX}
          checked={view.logX}
          onChange={(logX) => setView({ logX })}
        />
        <CheckField
          id={`${id}-log-y`}
          label={words.logY}
          checked={view.logY}
          onChange={(logY) => setView({ logY })}
        />
        <CheckField
          id={`${id}-outliers`}
          label={words.ignoreOutliers}
          checked={view.ignoreOutliers}
          onChange={(ignoreOutliers) => setView({ ignoreOutliers })}
        />
        <CheckField
          id={`${id}-paper`}
          label={words.paper}
          checked={view.paper}
          onChange={(paper) => setView({ paper })}
        />
        {(compact !== null ? lanes > 1 : lanes > 1 && lanes < MANY_LANES) && (
          <CheckField
            id={`${id}-side-by-side`}
            label={words.sideBySide}
            checked={view.sideBySide}
            onChange={(sideBySide) => setView({ sideBySide })}
          />
        )}
        <CheckField id={`${id}-table`} label={words.table} checked={showsTable} onChange={onTable} />
        <CheckField id={`${id}-freeze`} label={words.freeze} checked={isFrozen} onChange={onFreeze} />
        {compact}
        <p className="field-hint">{words.help}</p>
      </div>
    </details>
  );
}
