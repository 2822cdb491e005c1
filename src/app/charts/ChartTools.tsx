import { useId, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand/react';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { axisNames, quantityWords, tools as words } from './enCharts.ts';
import { twoDecimals } from '../ui/format.ts';
import { measures, xAxes } from '../state/chartView.ts';
import type { ChartSpace } from './reading/chartSpace.ts';
import { presentEnd } from './presentEnd.ts';
import { noCrosshair } from './reading/crosshair.ts';
import { isZoomed, noZoom } from './reading/zoom.ts';
import { CheckField } from '../ui/Field.tsx';
import { Term } from '../ui/glossary/Term.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { curveSources } from './sources/curveSources.ts';
import { MANY_LANES } from './panes.ts';
import type { AppState } from '../state/AppState.ts';

interface Props {
  readonly space: ChartSpace;
  readonly showsTable: boolean;
  readonly onTable: (shows: boolean) => void;
  readonly isFrozen: boolean;
  readonly onFreeze: (freeze: boolean) => void;
  /** Another axis was chosen: places on the old one mean nothing any more. */
  readonly onAxis: () => void;
  /** What opens export and import. */
  readonly exchange: ReactNode;
}

const isPresentShort = (state: AppState) => presentEnd(state) !== null;
const lanesShown = (state: AppState) => curveSources(state).filter(({ faint }) => !faint).length;

/** What is shown, and what holds for all charts: the axis, smoothing, and behind "More" what is wanted rarely. */
export function ChartTools({ space, showsTable, onTable, isFrozen, onFreeze, onAxis, exchange }: Props) {
  const { setView, store } = useApp();
  const smoothing = useAppState((state) => state.view.smoothing);
  const x = useAppState((state) => state.view.x);
  const zoomed = useStore(space.zoom, isZoomed);
  const isShort = useSlowAppState(isPresentShort, 700);
  const lanes = useSlowAppState(lanesShown, 500);
  const measure = useAppState((state) => state.view.measure);
  const allMeasures = useAppState((state) => state.view.allMeasures);
  const toPresent = () => {
    const end = presentEnd(store.getState());
    if (end !== null) space.zoom.setState({ x: [0, end] });
  };
  const smoothingText = twoDecimals(smoothing);
  return (
    <div className="tools">
      <label>
        {words.measure}
        <select
          value={measure}
          onChange={(event) => {
            const shown = measures.find((candidate) => candidate === event.target.value);
            if (shown) setView({ measure: shown });
          }}
        >
          {measures.map((one) => (
            <option key={one} value={one}>
              {quantityWords[one].short}
            </option>
          ))}
        </select>
      </label>
      <label title={words.axisHint}>
        {words.axis}
        <select
          value={x}
          onChange={(event) => {
            const axis = xAxes.find((candidate) => candidate === event.target.value);
            if (!axis) return;
            space.zoom.setState({ x: null });
            space.crosshair.setState(noCrosshair);
            onAxis();
            setView({ x: axis });
          }}
        >
          {xAxes.map((axis) => (
            <option key={axis} value={axis}>
              {axisNames[axis]}
            </option>
          ))}
        </select>
      </label>
      <label title={words.smoothingHint}>
        <Term id="smoothing">{words.smoothing}</Term>
        <input
          type="range"
          min="0"
          max="0.99"
          step="0.01"
          value={smoothing}
          aria-valuetext={smoothingText}
          onChange={(event) => setView({ smoothing: Number(event.target.value) })}
        />
        <span className="tools-value" aria-hidden="true">
          {smoothingText}
        </span>
      </label>
      <button
        type="button"
        className="button-small"
        title={words.allMeasuresHint}
        aria-pressed={allMeasures}
        onClick={() => setView({ allMeasures: !allMeasures })}
      >
        {words.allMeasures}
      </button>
      {lanes >= MANY_LANES && <SideBySideButton />}
      {!zoomed && isShort && (
        <button type="button" className="button-small" title={words.zoomToPresentHint} onClick={toPresent}>
          {words.zoomToPresent}
        </button>
      )}
      {zoomed && (
        <button type="button" className="button-small" onClick={() => space.zoom.setState(noZoom, true)}>
          {words.whole}
        </button>
      )}
      <span className="tools-end">
        {isFrozen && (
          <span role="status" className="tools-frozen">
            {words.frozen}
          </span>
        )}
        <IconButton
          icon={isFrozen ? 'resume' : 'pause'}
          label={isFrozen ? words.unfreeze : words.freeze}
          onClick={() => onFreeze(!isFrozen)}
        />
        <More showsTable={showsTable} onTable={onTable} lanes={lanes} />
        {exchange}
      </span>
    </div>
  );
}

/** Offered where it helps. */
function SideBySideButton() {
  const { setView } = useApp();
  const sideBySide = useAppState((state) => state.view.sideBySide);
  return (
    <button
      type="button"
      className="button-small"
      title={words.sideBySideHint}
      aria-pressed={sideBySide}
      onClick={() => setView({ sideBySide: !sideBySide })}
    >
      {words.sideBySide}
    </button>
  );
}

/** A small panel that closes when the focus leaves it. */
function More({ showsTable, onTable, lanes }: Pick<Props, 'showsTable' | 'onTable'> & { lanes: number }) {
  const { setView } = useApp();
  const view = useAppState((state) => state.view);
  const details = useRef<HTMLDetailsElement>(null);
  const id = useId();
  const close = () => {
    if (details.current) details.current.open = false;
  };
  const onBlur = (event: FocusEvent<HTMLDetailsElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    close();
    details.current?.querySelector('summary')?.focus();
  };
  return (
    <details className="more" ref={details} onBlur={onBlur} onKeyDown={onKeyDown}>
      <summary className="button-small">{words.more}</summary>
      {/* A click beside a box must not take the focus out of here. */}
      <div className="more-panel" tabIndex={-1}>
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
        {lanes > 1 && lanes < MANY_LANES && (
          <CheckField
            id={`${id}-side-by-side`}
            label={words.sideBySide}
            checked={view.sideBySide}
            onChange={(sideBySide) => setView({ sideBySide })}
          />
        )}
        <CheckField id={`${id}-table`} label={words.table} checked={showsTable} onChange={onTable} />
        <p className="field-hint">{words.help}</p>
      </div>
    </details>
  );
}
