import { useEffect, useEffectEvent, useMemo } from 'react';
import { SettingsPanel } from '../experiment/form/SettingsPanel.tsx';
import { ExperimentCosts, ExperimentInFull } from '../experiment/ExperimentCosts.tsx';
import { ExperimentWarning } from '../experiment/ExperimentWarning.tsx';
import { ExperimentTitle } from '../experiment/ExperimentTitle.tsx';
import { SettingsLine } from '../experiment/form/SettingsLine.tsx';
import { ExchangeButton } from '../exchange/ExchangeButton.tsx';
import { LaneEditorPanel } from '../lanes/LaneEditorPanel.tsx';
import { LanesStrip } from '../lanes/LanesStrip.tsx';
import { KeptData } from '../offline/KeptData.tsx';
import { ThreadsReady } from '../offline/ThreadsReady.tsx';
import { DeviceNote } from '../session/device/DeviceNote.tsx';
import { DataRule } from '../session/DataRule.tsx';
import { TrainControl } from '../session/TrainControl.tsx';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Boundary } from '../ui/parts/Boundary.tsx';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { useHeadline } from '../verdict/useHeadline.ts';
import { VerdictProvider } from '../verdict/VerdictProvider.tsx';
import { VerdictBand } from './VerdictBand.tsx';
import { lab as words } from './enPlaces.ts';

/** The charting library is the heaviest part of the page; the rest does not wait for it. */
const ChartsPanel = lazyPart(
  'ChartsPanel',
  () => import('../charts/ChartsPanel.tsx').then((module) => module.ChartsPanel),
  { meanwhile: <div className="charts-placeholder" id="curves" tabIndex={-1} /> },
);
const InsidePanel = lazyPart('InsidePanel', () =>
  import('../inside/InsidePanel.tsx').then((module) => module.InsidePanel),
);
/** Who goes back to a moment has trained something. */
const MomentPanel = lazyPart('MomentPanel', () =>
  import('../branch/MomentPanel.tsx').then((module) => module.MomentPanel),
);
/** Few train weights of their own further. */
const StartWeights = lazyPart('StartWeights', () =>
  import('../exchange/import/StartWeights.tsx').then((module) => module.StartWeights),
);

const views = [
  { id: 'curves', name: words.curves },
  { id: 'inside', name: words.inside },
] as const;

/** Where one trains and looks: the question, the nets, one canvas, what it shows, and a drawer of settings. */
export function LabPlace() {
  const app = useApp();
  const drawer = useAppState((state) => state.drawer);
  const openLane = drawer?.kind === 'lane' ? drawer.lane : null;
  const editLane = (lane: string | null) => app.openDrawer(lane === null ? null : { kind: 'lane', lane });
  const showsSettings = drawer?.kind === 'settings';
  useEscape(showsSettings, () => {
    // From inside it the focus goes back to what opened it.
    if (document.activeElement?.closest('#settings')) {
      document.querySelector<HTMLElement>('.settings-line button')?.focus({ preventScroll: true });
    }
    app.openDrawer(null);
  });
  return (
    <div className="lab" data-drawer={drawer !== null}>
      <Boundary name="experiment">
        <div className="lab-head">
          <ExperimentTitle />
          <TrainControl />
        </div>
        <DataRule />
        <ExperimentWarning />
      </Boundary>
      <Boundary name="lanes">
        <LanesStrip open={openLane} onOpen={editLane} startWeights={(id) => <StartWeights lane={id} />} />
      </Boundary>
      <div className="lab-body">
        <div className="lab-canvas">
          <VerdictProvider>
            <Canvas />
            <Boundary name="verdict">
              <VerdictBand />
            </Boundary>
          </VerdictProvider>
          <SettingsLine
            open={showsSettings}
            onToggle={() => app.openDrawer(showsSettings ? null : { kind: 'settings' })}
          />
          <Boundary name="experiment">
            <ExperimentCosts />
          </Boundary>
          <DeviceNote />
          <ThreadsReady />
        </div>
        {openLane !== null && (
          <aside className="drawer" aria-label={words.net} ref={reveal}>
            <Boundary name="lanes">
              <LaneEditorPanel open={openLane} onClose={() => app.openDrawer(null)} />
            </Boundary>
          </aside>
        )}
        {drawer?.kind === 'moment' && (
          <aside className="drawer" aria-label={words.moment} ref={reveal}>
            <Boundary name="lanes">
              <MomentPanel id={drawer.run} step={drawer.step} />
            </Boundary>
          </aside>
        )}
        {showsSettings && (
          <aside className="drawer" id="settings" aria-label={words.settings} ref={reveal}>
            <div className="drawer-head">
              <Everything />
              <IconButton
                icon="remove"
                label={words.close}
                data-focus-next="[aria-controls='settings']"
                onClick={() => app.openDrawer(null)}
              />
            </div>
            <Boundary name="settings">
              <SettingsPanel />
              <KeptData />
              <ExperimentInFull />
            </Boundary>
          </aside>
        )}
      </div>
    </div>
  );
}

/** The views. A new verdict draws them anew only if its headline is another. */
function Canvas() {
  const app = useApp();
  const isInside = useAppState((state) => state.inside.isShown);
  const headline = useHeadline();
  return useMemo(
    () => (
      <Tabs
        label={words.views}
        tabs={views}
        chosen={isInside ? 'inside' : 'curves'}
        onChoose={(id) => app.setInside({ isShown: id === 'inside' })}
      >
        {isInside ? <InsidePanel /> : <ChartsPanel exchange={<ExchangeButton />} headline={headline} />}
      </Tabs>
    ),
    [app, isInside, headline],
  );
}

/**
 * In a narrow window the drawer stands below all else: it is brought into view, as is one whose head is out of it. What comes late moves
 * it once more: that is followed until the reader does something.
 */
function reveal(drawer: HTMLElement | null): (() => void) | undefined {
  if (!drawer?.parentElement) return undefined;
  const moved = new ResizeObserver(() => {
    const { top } = drawer.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) drawer.scrollIntoView();
  });
  moved.observe(drawer.parentElement);
  const reader = new AbortController();
  const leave = () => {
    moved.disconnect();
    reader.abort();
  };
  for (const does of ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const)
    addEventListener(does, leave, { passive: true, signal: reader.signal });
  return leave;
}

/** Escape closes the settings, unless it means something where the focus is. The editor of a net has an Escape of its own. */
function useEscape(isOpen: boolean, close: () => void): void {
  const closeNow = useEffectEvent(close);
  useEffect(() => {
    if (!isOpen) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('dialog, [popover], .charts')) return;
      closeNow();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [isOpen]);
}

/** The denser page, for those who want every number. */
function Everything() {
  const app = useApp();
  const density = useAppState((state) => state.view.density);
  return (
    <label className="field-check" title={words.everythingHint}>
      <input
        type="checkbox"
        checked={density === 'full'}
        onChange={({ target }) => app.setView({ density: target.checked ? 'full' : 'simple' })}
      />
      {words.everything}
    </label>
  );
}
