import { useEffect, useRef } from 'react';
import { skipToPlace } from './enPage.ts';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import { VersionNote } from './runs/VersionNote.tsx';
import { VersionReady } from './offline/VersionReady.tsx';
import { Milestones } from './session/Milestones.tsx';
import { SessionBar } from './session/SessionBar.tsx';
import { SessionNotesPart } from './session/SessionNotesPart.tsx';
import { useApp, useAppState } from './state/hooks/AppContext.ts';
import type { Place } from './state/place.ts';
import { AwaitedParts } from './ui/parts/AwaitedParts.tsx';
import { Boundary } from './ui/parts/Boundary.tsx';
import { StartPlace } from './start/StartPlace.tsx';
import { lazyPart } from './ui/parts/lazyPart.tsx';

/** The start is there at once; each other place comes when it is quiet, or asked for. */
const LabPlace = lazyPart('LabPlace', () =>
  import('./places/LabPlace.tsx').then((module) => module.LabPlace),
);
const RunsPlace = lazyPart('RunsPlace', () =>
  import('./places/RunsPlace.tsx').then((module) => module.RunsPlace),
);

export function App() {
  const { findDevice } = useApp();
  const theme = useAppState((state) => state.view.theme);
  const place = useAppState((state) => state.place);
  const main = useRef<HTMLElement>(null);
  useEffect(() => void findDevice(), [findDevice]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useNewPlace(place, main);
  return (
    <>
      <a className="skip-link" href="#place">
        {skipToPlace}
      </a>
      <Boundary name="header">
        <Header />
        {place !== 'lab' && <SessionBar />}
      </Boundary>
      <main id="place" ref={main} tabIndex={-1} data-place={place} aria-labelledby={headings[place]}>
        <Boundary name="failure">
          <VersionReady />
          <VersionNote />
        </Boundary>
        <AwaitedParts />
        <SessionNotesPart />
        {place === 'lab' ? (
          <LabPlace />
        ) : place === 'runs' ? (
          <RunsPlace />
        ) : (
          <Boundary name="start">
            <StartPlace />
          </Boundary>
        )}
      </main>
      <Milestones />
      <Footer />
    </>
  );
}

/** What a place is called, by the id of its heading: the focus goes to the place, which is then read out. */
const headings: Readonly<Record<Place, string>> = {
  start: 'start-question',
  lab: 'lab-heading',
  runs: 'runs-heading',
};

/** Whoever goes to another place begins at its top, and the focus with them, unless it is on the way between places. */
function useNewPlace(place: Place, main: React.RefObject<HTMLElement | null>): void {
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    window.scrollTo(0, 0);
    if (!document.activeElement?.closest('.places')) main.current?.focus({ preventScroll: true });
  }, [place, main]);
}
