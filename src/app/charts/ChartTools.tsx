import type { ReactNode } from 'react';
import { useStore } from 'zustand/react';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { axisNames, quantityWords, tools as words } from './enCharts.ts';
import { measures, xAxes } from '../state/chartView.ts';
import type { ChartSpace } from './reading/chartSpace.ts';
import { presentEnd } from './presentEnd.ts';
import { noCrosshair } from './reading/crosshair.ts';
import { isZoomed, noZoom } from './reading/zoom.ts';
import { MoreTools } from './MoreTools.tsx';
import { useSize } from './plot/useSize.ts';
import { Smoothing } from './Smoothing.tsx';
import { curveSources } from './sources/curveSources.ts';
import { MANY_LANES } from './panes.ts';
import type { AppState } from '../state/AppState.ts';

/** With less room than this, in CSS pixels, all but what is shown and across what stands behind "More". */
const ROOMY = 860;

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
  const { width, ref } = useSize();
  const isCompact = width > 0 && width < ROOMY;
  return (
    <div className="tools" ref={ref} data-compact={isCompact}>
      <label>
        <span>{words.measure}</span>
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
        <span>{words.axis}</span>
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
      {!isCompact && (
        <>
          <Smoothing />
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
        </>
      )}
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
          <>
            <span role="status" className="tools-frozen">
              {words.frozen}
            </span>
            <button
              type="button"
              className="button-small"
              data-focus-next=".more summary"
              onClick={() => onFreeze(false)}
            >
              {words.unfreeze}
            </button>
          </>
        )}
        <MoreTools
          showsTable={showsTable}
          onTable={onTable}
          isFrozen={isFrozen}
          onFreeze={onFreeze}
          lanes={lanes}
          compact={isCompact ? exchange : null}
        />
        {!isCompact && exchange}
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
