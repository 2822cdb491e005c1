/** Puts the page into the document. Everything that is not the page's own is handed in. */
// Styles: in any order (ui/styles/layers.css). Those of parts that come later are here too: a part does not wait for its own.
import './branch/branch.css';
import './charts/charts.css';
import './charts/chartTools.css';
import './charts/plot/plot.css';
import './charts/reading/readings.css';
import './exchange/exchange.css';
import './exchange/recordings/recordings.css';
import './experiment/experiment.css';
import './experiment/form/settings.css';
import './experiment/presets/presets.css';
import './inside/inside.css';
import './inside/view.css';
import './lanes/lanes.css';
import './lanes/nets/nets.css';
import './lanes/picker/picker.css';
import './page.css';
import './offline/offline.css';
import './places/places.css';
import './runs/looks/hues.css';
import './runs/looks/imported.css';
import './runs/runs.css';
import './runs/storage/storage.css';
import './runs/table/rows.css';
import './runs/table/table.css';
import './runs/table/written.css';
import './session/device/device.css';
import './session/session.css';
import './session/sessionBar.css';
import './ui/glossary/glossary.css';
import './start/askedNet.css';
import './start/start.css';
import './ui/parts/parts.css';
import './ui/styles/base.css';
import './ui/styles/controls.css';
import './ui/styles/dialogs.css';
import './ui/styles/fields.css';
import './ui/styles/fonts.css';
import './ui/styles/menus.css';
import './ui/styles/tokens.css';
import './verdict/verdict.css';
import { StrictMode, useEffect, useState, type ReactNode } from 'react';
import { systemWallClock } from '../model/clock.ts';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { AppContext } from './state/hooks/AppContext.ts';
import { keepFocus } from './ui/keepFocus.ts';
import { difference } from './runs/looks/enLaneNames.ts';
import { Boundary } from './ui/parts/Boundary.tsx';
import { awaitPart } from './ui/parts/awaitPart.ts';
import { fetchAheadHere } from './ui/parts/fetchAhead.ts';
import { createPart } from './ui/parts/part.ts';
import { randomOrdinal } from './state/randomOrdinal.ts';
import { gather } from './state/paintClock.ts';
import { localPreferences } from './state/preferences.ts';
import { browserAddress, syncAddress } from './experiment/link/address.ts';
import { keepLater, type KeepLater } from './keepLater.ts';
import { createApp, type Services } from './store.ts';
import { createDeviceMemory, type DeviceServices } from './session/device/deviceMemory.ts';
import type { SpeedServices } from './session/device/speedMeter.ts';
import { keepTabTitle } from './session/tabTitle.ts';
import { warmAhead } from './session/device/warmAhead.ts';
import { OfflineContext, type Offline } from './offline/OfflineContext.ts';
import { saveRuns } from './runs/codec/saveRuns.ts';
import { askBeforeLeaving, trainedHere } from './runs/savedRuns.ts';
import type { App as AppType } from './state/App.ts';
import { RescueContext, type Rescue } from './ui/parts/RescueContext.ts';

/** It measures in quiet moments: the first view does not wait for it. */
const speedMeter = createPart('speedMeter', () => import('./session/device/speedMeter.ts'));

type Given = Pick<Services, 'client' | 'inside'> &
  DeviceServices &
  Pick<SpeedServices, 'measureSpeed'> & {
    /** What is kept in this browser, given what the page knows; nothing where it is absent. */
    readonly keepOffline?: (store: AppType['store']) => Promise<Offline>;
  };

export function mountApp({ client, inside, measureSpeed, keepOffline, ...services }: Given): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the document has no element with the id "root"');
  const { choose, calibrate, fail, forgive } = createDeviceMemory(services);
  const firstOrdinal = randomOrdinal();
  const later = keepLater();
  const app = createApp({
    client,
    ...(inside && { inside }),
    chooseDevice: choose,
    deviceFailed: fail,
    forgiveDevices: forgive,
    scheduleUpdate: gather,
    describeDifference: difference,
    firstOrdinal,
    now: systemWallClock,
    keeping: later.keeping,
    preferences: localPreferences(),
  });
  syncAddress(app, browserAddress());
  void awaitPart(speedMeter).then(({ meterSpeed }) =>
    meterSpeed(app.store, { calibrateDevice: calibrate, measureSpeed, deviceFailed: fail }),
  );
  warmAhead(app.store, client);
  keepTabTitle(app.store, document);
  askBeforeLeaving(app.store, window);
  keepRuns(app, later, String(firstOrdinal));
  keepFocus(document);
  fetchAheadHere();
  const offline = keepOffline?.(app.store);
  // Before anything is drawn: canvases read their colours as soon as they are there.
  document.documentElement.dataset['theme'] = app.store.getState().view.theme;
  createRoot(root).render(
    <StrictMode>
      <AppContext value={app}>
        <RescueContext value={rescueOf(app)}>
          <OfflineLater coming={offline}>
            <Boundary name="page">
              <App />
            </Boundary>
          </OfflineLater>
        </RescueContext>
      </AppContext>
    </StrictMode>,
  );
}

/** What is kept of the page is known once that has come; nothing is where there is nothing to come. */
function OfflineLater({ coming, children }: { coming: Promise<Offline> | undefined; children: ReactNode }) {
  const [offline, setOffline] = useState<Offline | null>(null);
  useEffect(() => void coming?.then(setOffline), [coming]);
  return <OfflineContext value={offline}>{children}</OfflineContext>;
}

/** Keeps the runs in this browser, as soon as the page stands. */
function keepRuns(app: AppType, later: KeepLater, owner: string): void {
  const opening = import('./keep/openKeep.ts').then(
    ({ openKeep }) => openKeep(app, owner),
    (error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      app.store.setState({ keeping: { kind: 'off', fault: { kind: 'failed', detail } } });
      return null;
    },
  );
  later.follow(opening.then((opened) => opened?.keeping ?? null));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    app.keepNow();
    void opening.then((opened) => opened?.flush());
  });
  // It may be discarded without another word.
  for (const [target, leaves] of [
    [window, 'pagehide'],
    [document, 'freeze'],
  ] as const)
    target.addEventListener(leaves, () => void opening.then((opened) => opened?.flush()));
}

const rescueOf = (app: AppType): Rescue => ({
  subscribe: app.store.subscribe,
  hasRuns: () => trainedHere(app.store.getState()).some((run) => run.step > 0),
  save: (moment) => saveRuns(app, 'json', moment),
});
