import { useState } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import type { AppState } from '../state/AppState.ts';
import { phaseOf } from '../state/training.ts';
import { useKey } from '../ui/useKey.ts';
import { pauseButton as words } from './enSession.ts';

/** Whether every lane that has not ended was told to. */
const selectStopping = ({ training: { runs } }: AppState) => {
  const alive = runs.filter(({ state }) => state !== 'ended');
  return alive.length > 0 && alive.every((run) => run.stopping);
};

/** The button that pauses and goes on, wherever it stands; Space does the same. */
export function usePause() {
  const app = useApp();
  const phase = useAppState((state) => phaseOf(state.training));
  const isStopping = useAppState(selectStopping);
  // A worker hears of a pause after its current step, which may take seconds.
  const [asked, setAsked] = useState(false);
  if (asked && phase !== 'running') setAsked(false);

  function press(): void {
    if (isStopping) return;
    if (phase === 'running') {
      setAsked(true);
      app.pause();
    } else if (phase === 'paused') {
      app.resume();
    }
  }
  useKey(' ', press);
  return {
    press,
    isStopping,
    /** Not "disabled": it has the focus since Train was pressed, and would lose it. */
    isIdle: phase === 'starting' || isStopping,
    label: phase === 'paused' ? words.resume : asked ? words.pausing : words.pause,
  };
}
