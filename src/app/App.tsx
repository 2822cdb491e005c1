import { useEffect } from 'react';
import { useApp, useAppState } from './AppContext.ts';
import { skipToCharts } from './messages/en.ts';
import { DataRule } from './panels/DataRule.tsx';
import { ExperimentPanel } from './panels/ExperimentPanel.tsx';
import { FailurePanel } from './panels/FailurePanel.tsx';
import { Footer } from './panels/Footer.tsx';
import { Header } from './panels/Header.tsx';
import { Hero } from './panels/Hero.tsx';
import { LanesPanel } from './panels/LanesPanel.tsx';
import { RunsPanel } from './panels/RunsPanel.tsx';
import { SettingsPanel } from './panels/SettingsPanel.tsx';
import { VerdictPanel } from './panels/VerdictPanel.tsx';
import { VersionNote } from './panels/VersionNote.tsx';
import { Boundary } from './parts/Boundary.tsx';
import { lazyPart } from './parts/lazyPart.tsx';

/** The charting library is the heaviest part of the page; the rest does not wait for it. */
const ChartsPanel = lazyPart(
  'ChartsPanel',
  () => import('./panels/ChartsPanel.tsx').then((module) => module.ChartsPanel),
  { meanwhile: <div className="charts-placeholder" id="curves" tabIndex={-1} /> },
);
/** It stands at the end of the page. */
const NetsPanel = lazyPart('NetsPanel', () =>
  import('./panels/NetsPanel.tsx').then((module) => module.NetsPanel),
);

export function App() {
  const { findDevice } = useApp();
  const theme = useAppState((state) => state.view.theme);
  useEffect(() => void findDevice(), [findDevice]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
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
          <div className="stage">
            <Boundary name="verdict">
              <VerdictPanel />
            </Boundary>
            <ChartsPanel />
            <Boundary name="runs">
              <RunsPanel />
            </Boundary>
            <NetsPanel />
          </div>
        </div>
      </main>
      <Footer />
    </>
  );
}
