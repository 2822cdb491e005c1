import { lazy, Suspense, useEffect } from 'react';
import { useApp, useAppState } from './AppContext.ts';
import { skipToCharts } from './messages/en.ts';
import { DataRule } from './panels/DataRule.tsx';
import { ExperimentPanel } from './panels/ExperimentPanel.tsx';
import { FailurePanel } from './panels/FailurePanel.tsx';
import { Footer } from './panels/Footer.tsx';
import { Header } from './panels/Header.tsx';
import { Hero } from './panels/Hero.tsx';
import { LanesPanel } from './panels/LanesPanel.tsx';
import { NetsPanel } from './panels/NetsPanel.tsx';
import { RunsPanel } from './panels/RunsPanel.tsx';
import { SettingsPanel } from './panels/SettingsPanel.tsx';
import { VerdictPanel } from './panels/VerdictPanel.tsx';

/** The charting library is the heaviest part of the page; the rest does not wait for it. */
const ChartsPanel = lazy(() =>
  import('./panels/ChartsPanel.tsx').then((module) => ({ default: module.ChartsPanel })),
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
      <Header />
      <main>
        <Hero />
        <DataRule />
        <FailurePanel />
        <ExperimentPanel />
        <div className="laboratory">
          <aside>
            <LanesPanel />
            <SettingsPanel />
          </aside>
          <div className="stage">
            <VerdictPanel />
            <Suspense fallback={<div className="charts-placeholder" id="curves" tabIndex={-1} />}>
              <ChartsPanel />
            </Suspense>
            <RunsPanel />
            <NetsPanel />
          </div>
        </div>
      </main>
      <Footer />
    </>
  );
}
