import { useEffect } from 'react';
import { useApp, useAppState } from './state/hooks/AppContext.ts';
import { skipToCharts } from './enPage.ts';
import { DataRule } from './session/DataRule.tsx';
import { ExperimentPanel } from './experiment/ExperimentPanel.tsx';
import { FailurePanel } from './session/FailurePanel.tsx';
import { ExchangeButton } from './exchange/ExchangeButton.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import { Milestones } from './session/Milestones.tsx';
import { Hero } from './session/Hero.tsx';
import { LanesPanel } from './lanes/LanesPanel.tsx';
import { RunsPanel } from './runs/RunsPanel.tsx';
import { SettingsPanel } from './experiment/form/SettingsPanel.tsx';
import { VerdictPanel } from './verdict/VerdictPanel.tsx';
import { VersionNote } from './runs/VersionNote.tsx';
import { Boundary } from './ui/parts/Boundary.tsx';
import { StartPlace } from './start/StartPlace.tsx';
import { lazyPart } from './ui/parts/lazyPart.tsx';

/** The charting library is the heaviest part of the page; the rest does not wait for it. */
const ChartsPanel = lazyPart(
  'ChartsPanel',
  () => import('./charts/ChartsPanel.tsx').then((module) => module.ChartsPanel),
  { meanwhile: <div className="charts-placeholder" id="curves" tabIndex={-1} /> },
);
/** It stands at the end of the page. */
const NetsPanel = lazyPart('NetsPanel', () =>
  import('./lanes/nets/NetsPanel.tsx').then((module) => module.NetsPanel),
);

const RecordingsList = lazyPart('RecordingsList', () =>
  import('./exchange/recordings/RecordingsList.tsx').then((module) => module.RecordingsList),
);

export function App() {
  const { findDevice } = useApp();
  const theme = useAppState((state) => state.view.theme);
  const place = useAppState((state) => state.place);
  useEffect(() => void findDevice(), [findDevice]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  if (place === 'start') return <><Header /><main><Boundary name="start"><StartPlace /></Boundary></main><Footer /></>; // prettier-ignore
  return (
    <>
      <a className="skip-link" href="#curves">
        {skipToCharts}
      </a>
      <Boundary name="header">
        <Header />
      </Boundary>
      <main>
        <Boundary name="hero">
          <Hero />
        </Boundary>
        <Boundary name="failure">
          <DataRule />
          <VersionNote />
          <FailurePanel />
        </Boundary>
        <Boundary name="experiment">
          <ExperimentPanel />
        </Boundary>
        <div className="laboratory">
          <aside>
            <Boundary name="lanes">
              <LanesPanel />
            </Boundary>
            <Boundary name="settings">
              <SettingsPanel />
            </Boundary>
          </aside>
          <div className="results">
            <Boundary name="verdict">
              <VerdictPanel />
              <Milestones />
            </Boundary>
            <ChartsPanel exchange={<ExchangeButton />} />
            <Boundary name="runs">
              <RunsPanel recordings={<RecordingsList />} />
            </Boundary>
            <NetsPanel />
          </div>
        </div>
      </main>
      <Footer />
    </>
  );
}
