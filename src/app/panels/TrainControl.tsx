import { useState } from 'react';
import { useApp, useAppState, useSlowAppState } from '../AppContext.ts';
import { hero } from '../messages/en.ts';
import type { Pace } from '../../model/config.ts';
import { againstPaper, shrunk } from '../messages/enSettings.ts';
import { selectPace, type AppState } from '../store/appStore.ts';
import { isFinalEvaluation, secondsLeft, totalSteps } from '../store/progress.ts';
import { readDraft } from '../store/readDraft.ts';
import { heldBy, isLive, milestonesOf, phaseOf, type Phase, type Training } from '../store/training.ts';
import { revealField } from '../ui/revealField.ts';
import { useKey } from '../useKey.ts';

/** The one large button, and beside it what it will cost or what it is doing. */
export function TrainControl() {
  const app = useApp();
  const phase = useAppState((state) => phaseOf(state.training));
  const draft = useAppState((state) => state.draft);
  const { faults } = readDraft(draft);
  const live = isLive(phase);
  // A worker hears of a pause after its current step, which may take seconds.
  const [asked, setAsked] = useState(false);
  if (asked && phase !== 'running') setAsked(false);

  function pauseOrResume() {
    if (phase === 'running') {
      setAsked(true);
      app.pause();
    } else if (phase === 'paused') {
      app.resume();
    }
  }
  useKey(' ', pauseOrResume);

  return (
    <div className="go">
      <div className="go-text">{live ? <Progress phase={phase} /> : <Cost />}</div>
      <div className="go-buttons">
        {live && (
          <button type="button" className="button-large" onClick={() => app.stop()}>
            {hero.stop}
          </button>
        )}
        {live ? (
          <button
            type="button"
            className="button-main"
            // Not "disabled": it has the focus since Train was pressed, and would lose it.
            aria-disabled={phase === 'starting'}
            onClick={pauseOrResume}
          >
            {phase === 'paused' ? hero.resume : asked ? hero.pausing : hero.pause}
          </button>
        ) : (
          <button
            type="button"
            className="button-main"
            disabled={faults.length > 0}
            aria-describedby={faults.length > 0 ? 'train-faults' : undefined}
            onClick={() => void app.train()}
          >
            {hero.train}
          </button>
        )}
      </div>
    </div>
  );
}

/** What was shrunk against the paper, or why Train is not to be had. */
function Cost() {
  const draft = useAppState((state) => state.draft);
  const { experiment, faults } = readDraft(draft);
  if (!experiment) {
    const first = faults[0];
    return (
      <p id="train-faults" className="go-faults">
        {hero.faults(faults.length)}.{' '}
        {first && (
          <button type="button" className="link-button" onClick={() => revealField(first.field)}>
            {hero.showFault}
          </button>
        )}
      </p>
    );
  }
  const smaller = shrunk(experiment);
  return <p>{smaller ? `${againstPaper.lead} ${smaller}.` : againstPaper.same}</p>;
}

const selectTraining = (state: AppState): Training => state.training;
const milestones = ({ runs }: Training) => milestonesOf(runs);

function Progress({ phase }: { phase: Phase }) {
  const training = useSlowAppState(selectTraining, 500, milestones);
  const pace = useAppState(selectPace);
  return <p>{progressText(phase, training, pace)}</p>;
}

function progressText(phase: Phase, { runs, data }: Training, pace: Pace): string {
  if (phase === 'paused') return hero.paused;
  const alive = runs.filter((run) => run.state !== 'ended');
  const holder = alive.map((run) => heldBy(run, runs, pace)).find((paused) => paused !== null);
  if (holder) return hero.held(holder.name);
  if (runs.every((run) => run.step === 0)) {
    const loads = data !== null && data.shardsLoaded < data.shards;
    if (loads) return hero.data(data);
    const compiling = alive.flatMap((run) => run.compiling ?? []);
    if (compiling.length === 0) return `${hero.starting} \u2026`;
    const sum = (of: 'done' | 'total') => compiling.reduce((total, progress) => total + progress[of], 0);
    return hero.compiling(sum('done'), sum('total'));
  }
  if (alive.length === 0) return '';
  if (alive.every(isFinalEvaluation)) return `${hero.finalEvaluation} \u2026`;
  const slowest = alive.reduce((slow, run) => (run.step < slow.step ? run : slow));
  const left = alive.map(secondsLeft).filter((seconds) => seconds !== null);
  return hero.progress(slowest.step, totalSteps(slowest.config), left.length > 0 ? Math.max(...left) : null);
}
