/** Puts the page into the document. Everything that is not the page's own is handed in. */
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/lanes.css';
import './styles/verdict.css';
import './styles/chartTools.css';
import './styles/charts.css';
import './styles/readings.css';
import './styles/notices.css';
import './styles/experiment.css';
import './styles/keeping.css';
import './styles/parts.css';
import './styles/runs.css';
import './styles/imported.css';
import './styles/forcedColors.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { AppContext } from './AppContext.ts';
import { keepFocus } from './keepFocus.ts';
import { lanes } from './messages/en.ts';
import { Boundary } from './parts/Boundary.tsx';
import { fetchAheadHere } from './parts/fetchAhead.ts';
import { localPreferences } from './preferences.ts';
import { browserAddress, keepAddress } from './store/address.ts';
import { createApp, type Services } from './store/appStore.ts';
import { createDeviceMemory, type DeviceServices } from './store/deviceMemory.ts';
import { keepSpeed, type SpeedServices } from './store/speedMeter.ts';
import { keepWarm } from './store/keepWarm.ts';
import { askBeforeLeaving } from './store/savedRuns.ts';

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
    scheduleUpdate,
    describeDifference: lanes.difference,
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
        <Boundary name="page">
          <App />
        </Boundary>
      </AppContext>
    </StrictMode>,
  );
}

/** Milliseconds for which what runs tell is gathered. */
const GATHERING = 50;

/** By a timer: asked for a frame, the browser would make one although nothing on the page changes yet (pulse.ts). */
function scheduleUpdate(callback: () => void): void {
  setTimeout(callback, GATHERING);
}
