import { useEffect, useState } from 'react';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { starting } from './enSession.ts';
import { trainControl, train as trainWords } from './enTrainControl.ts';
import type { Pace } from '../../model/config.ts';
import { deadlines } from '../../model/deadlines.ts';
import type { DataWait } from '../../protocol/protocol.ts';
import { trainOffer, type TrainOffer } from '../runs/doneRuns.ts';
import { isFinalEvaluation, isTimeSettled, secondsLeft, totalSteps } from '../runs/progress.ts';
import { drawerOf } from '../state/drawer.ts';
import { useSteadyLeft } from '../runs/useSteadyLeft.ts';
import { readDraft } from '../state/readDraft.ts';
import {
  heldBy,
  isLive,
  milestonesOf,
  phaseOf,
  whyHeld,
  type Phase,
  type Training,
} from '../state/training.ts';
import { revealField } from '../ui/revealField.ts';
import { ShorterOffer } from '../experiment/ShorterOffer.tsx';
import { RecomputeOffer } from '../experiment/RecomputeOffer.tsx';
import { useMemoryFacts, type MemoryFacts } from '../experiment/useExperiment.ts';
import type { App } from '../state/App.ts';
import { selectPace, type AppState } from '../state/AppState.ts';
import { usePause } from './usePause.ts';

/** The one large button, and beside it what it is doing. */
export function TrainControl() {
  const app = useApp();
  const phase = useAppState((state) => phaseOf(state.training));
  const { experiment, faults } = useAppState(selectReading);
  const memoryFacts = useMemoryFacts(experiment);
  const { unfit } = memoryFacts;
  const isRefused = faults.length > 0 || unfit.length > 0;
  const live = isLive(phase);
  const offer = useAppState(selectOffer);
  const pause = usePause();

  return (
    <div className="go">
      <div className="go-text">
        {live ? <Progress phase={phase} /> : <BeforeTraining memory={memoryFacts} offer={offer} />}
        <ShorterOffer />
      </div>
      <div className="go-buttons">
        {live && (
          <button
            type="button"
            className="button-large"
            // Not "disabled" either: pressed, it would lose the focus.
            aria-disabled={pause.isStopping}
            onClick={() => {
              if (!pause.isStopping) app.stop();
            }}
          >
            {pause.isStopping ? trainControl.stopping : trainControl.stop}
          </button>
        )}
        {live ? (
          <button type="button" className="button-main" aria-disabled={pause.isIdle} onClick={pause.press}>
            {pause.label}
          </button>
        ) : (
          <button
            type="button"
            className="button-main"
            data-offer={offer}
            disabled={isRefused}
            aria-describedby={isRefused ? 'train-faults' : offer === 'train' ? undefined : 'train-done'}
            onClick={() => void press[offer](app)}
          >
            {trainWords[offer]}
          </button>
        )}
      </div>
    </div>
  );
}

/** What Train does: no equal run is trained twice. */
const press: Readonly<Record<TrainOffer, (app: App) => Promise<void>>> = {
  train: (app) => app.train(),
  new: (app) => app.trainNew(),
  again: (app) => app.trainNextSeeds(readDraft(app.store.getState().draft).experiment?.seeds ?? 1),
};

/** What is done already, or why Train is not to be had; what was shrunk stands with the settings. */
function BeforeTraining({ memory, offer }: { memory: MemoryFacts; offer: TrainOffer }) {
  const { unfit, recomputedBytes } = memory;
  const app = useApp();
  const { experiment, faults } = useAppState(selectReading);
  if (!experiment) {
    const first = faults[0];
    return (
      <p id="train-faults" className="go-faults">
        {trainControl.faults(faults.length)}.{' '}
        {first && (
          <button
            type="button"
            className="link-button"
            onClick={() => {
              app.openDrawer(drawerOf(first.field, app.store.getState().draft.lanes));
              revealField(first.field);
            }}
          >
            {trainControl.showFault}
          </button>
        )}
      </p>
    );
  }
  if (unfit.length > 0) {
    return (
      <p id="train-faults" className="go-faults">
        {trainControl.unfit(unfit.length)}{' '}
        {recomputedBytes !== null && <RecomputeOffer experiment={experiment} bytes={recomputedBytes} />}
      </p>
    );
  }
  if (offer !== 'train') {
    return (
      <p id="train-done">
        {offer === 'new'
          ? trainControl.someDone
          : trainControl.allDone(experiment.recipe.seed, experiment.seeds)}
      </p>
    );
  }
  return null;
}

const selectReading = (state: AppState) => readDraft(state.draft);
const selectOffer = (state: AppState): TrainOffer => {
  const { experiment } = readDraft(state.draft);
  // While it trains the button is another, and every step would ask anew.
  if (!experiment || isLive(phaseOf(state.training))) return 'train';
  return trainOffer(state, experiment);
};
const selectTraining = (state: AppState): Training => state.training;
const milestones = ({ runs, wait, dataSilent }: Training) =>
  `${milestonesOf(runs)} ${wait?.trouble} ${wait?.attempt} ${wait?.seconds} ${dataSilent}`;

function Progress({ phase }: { phase: Phase }) {
  const training = useSlowAppState(selectTraining, 500, { urgentKey: milestones });
  const pace = useAppState(selectPace);
  const { runs, wait } = training;
  const alive = runs.filter((run) => run.state !== 'ended');
  const estimates = alive.map(secondsLeft).filter((seconds) => seconds !== null);
  const left = useSteadyLeft(
    estimates.length > 0 ? Math.max(...estimates) : null,
    Math.max(0, ...alive.map((run) => run.trainingSeconds.last ?? 0)),
  );
  if (wait && alive.some((run) => !run.stopping && run.state !== 'paused')) {
    const key = `${wait.file} ${wait.attempt} ${wait.seconds}`;
    return (
      <p>
        <WaitForImages key={key} wait={wait} />
      </p>
    );
  }
  return <p>{progressText(phase, training, pace, left)}</p>;
}

/** Counts down to the next attempt. */
function WaitForImages({ wait }: { wait: DataWait }) {
  const [left, setLeft] = useState(wait.seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return trainControl.waitsForImages(wait, left, wait.attempt + 1, deadlines.attempts);
}

/** `left`: seconds that are left, as they are shown. */
function progressText(
  phase: Phase,
  { runs, data, dataSilent }: Training,
  pace: Pace,
  left: number | null,
): string {
  const alive = runs.filter((run) => run.state !== 'ended');
  if (alive.every(({ stopping }) => stopping)) return trainControl.stopping;
  const silent = alive.flatMap(({ name, silent: seconds }) => (seconds === null ? [] : [{ name, seconds }]));
  if (silent.length > 0) {
    const names = silent.map(({ name }) => name);
    return trainControl.silent(
      names,
      Math.min(...silent.map(({ seconds }) => seconds)),
      alive.length > silent.length,
    );
  }
  if (dataSilent !== null) return trainControl.dataSilent(dataSilent);
  if (phase === 'paused') return trainControl.paused;
  const holder = alive.map((run) => heldBy(run, runs, pace)).find((held) => held !== null);
  if (holder) return trainControl.held(holder.name, whyHeld(holder));
  if (runs.every((run) => run.step === 0)) {
    const loads = data !== null && data.shardsLoaded < data.shards;
    if (loads) return trainControl.data(data);
    const compiling = alive.flatMap((run) => run.compiling ?? []);
    if (compiling.length === 0) return `${starting} \u2026`;
    const sum = (of: 'done' | 'total') => compiling.reduce((total, progress) => total + progress[of], 0);
    return trainControl.compiling(sum('done'), sum('total'));
  }
  if (alive.length === 0) return '';
  if (alive.every(isFinalEvaluation)) return `${trainControl.finalEvaluation} \u2026`;
  const slowest = alive.reduce((slow, run) => (run.step < slow.step ? run : slow));
  const progress = trainControl.progress(
    slowest.step,
    totalSteps(slowest.config),
    left,
    alive.every(isTimeSettled),
  );
  const share = data === null ? 1 : data.bytesLoaded / Math.max(1, data.bytes);
  return share < 1 ? `${progress} ${trainControl.stillLoading(100 * share)}` : progress;
}
