/** Pictures of the whole page, prints above all: charts that nobody has scrolled to have to be drawn for them, and at once. */
import { flushSync } from 'react-dom';
import { watchAppearance } from './palette.ts';

type Turn = 'settle' | 'draw';

const waiting: Readonly<Record<Turn, Set<() => void>>> = { settle: new Set(), draw: new Set() };
let isWatched = false;

/** Calls `act` before the page is printed, within the same task: first what settles state, then what draws it. Returns what ends that. */
export function onWholePage(turn: Turn, act: () => void): () => void {
  watch();
  waiting[turn].add(act);
  return () => waiting[turn].delete(act);
}

function watch(): void {
  if (isWatched) return;
  isWatched = true;
  // First, so that what is drawn for a print is drawn in its colours.
  watchAppearance();
  const draw = () => {
    flushSync(() => {
      for (const settle of waiting.settle) settle();
    });
    for (const act of waiting.draw) act();
  };
  addEventListener('beforeprint', draw);
  // A print has colours of its own, which are there only now. Some browsers tell of a print by this alone.
  matchMedia('print').addEventListener('change', draw);
}
