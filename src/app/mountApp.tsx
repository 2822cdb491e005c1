/** Puts the page into the document. Everything that is not the page's own is handed in. */
import './ui/styles/fonts.css';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/controls.css';
import './ui/styles/layout.css';
import './lanes/lanes.css';
import './verdict/verdict.css';
import './charts/chartTools.css';
import './charts/charts.css';
import './charts/reading/readings.css';
import './ui/styles/notices.css';
import './experiment/experiment.css';
import './exchange/keeping.css';
import './ui/parts/parts.css';
import './runs/runs.css';
import './runs/looks/imported.css';
import './ui/styles/forcedColors.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { AppContext } from './state/hooks/AppContext.ts';
import { keepFocus } from './ui/keepFocus.ts';
import { difference } from './runs/looks/enLaneNames.ts';
import { Boundary } from './ui/parts/Boundary.tsx';
import { fetchAheadHere } from './ui/parts/fetchAhead.ts';
import { gather } from './state/paintClock.ts';
import { localPreferences } from './state/preferences.ts';
import { browserAddress, keepAddress } from './experiment/link/address.ts';
import { createApp, type Services } from './store.ts';
import { createDeviceMemory, type DeviceServices } from './session/device/deviceMemory.ts';
import { keepSpeed, type SpeedServices } from './session/device/speedMeter.ts';
import { keepWarm } from './session/device/keepWarm.ts';
import { saveRuns } from './runs/codec/saveRuns.ts';
import { askBeforeLeaving, trainedHere } from './runs/savedRuns.ts';
import type { App as AppType } from './state/App.ts';
import { RescueContext, type Rescue } from './ui/parts/RescueContext.ts';

type Given = Pick<Services, 'client'> & DeviceServices & Pick<SpeedServices, 'measureSpeed'>;

export function mountApp({ client, measureSpeed, ...services }: Given): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the document has no element with the id "root"');
  const { choose, calibrate, fail, forgive } = createDeviceMemory(services);
  const app = createApp({
    client,
    chooseDevice: choose,
    deviceFailed: fail,
    forgiveDevices: forgive,
    scheduleUpdate: gather,
    describeDifference: difference,
    preferences: localPreferences(),
  });
  keepAddress(app, browserAddress());
  keepSpeed(app.store, { calibrateDevice: calibrate, measureSpeed, deviceFailed: fail });
  keepWarm(app.store, client);
  askBeforeLeaving(app.store, window);
  keepFocus(document);
  fetchAheadHere();
  createRoot(root).render(
    <StrictMode>
      <AppContext value={app}>
        <RescueContext value={rescueOf(app)}>
          <Boundary name="page">
            <App />
          </Boundary>
        </RescueContext>
      </AppContext>
    </StrictMode>,
  );
}

const rescueOf = (app: AppType): Rescue => ({
  subscribe: app.store.subscribe,
  hasRuns: () => trainedHere(app.store.getState()).some((run) => run.step > 0),
  save: (moment) => saveRuns(app, 'json', moment),
});
