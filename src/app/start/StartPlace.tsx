import { defaultExperiment } from '../../model/presets.ts';
import { blocksPerStage } from '../../model/depths.ts';
import { laneStyles } from '../runs/looks/laneStyles.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { WatchRecorded } from '../runs/WatchRecorded.tsx';
import { predictions } from '../state/place.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { AskedNet } from './AskedNet.tsx';
import { answers, invitation, lab, question, recorded } from './enStart.ts';
import { LastRun } from './LastRun.tsx';
import { RecordedCurves } from './RecordedCurves.tsx';
import { TrainsNow } from './TrainsNow.tsx';

/** Who has just come has answered nothing. */
const YourAnswer = lazyPart('YourAnswer', () =>
  import('../verdict/YourAnswer.tsx').then((module) => module.YourAnswer),
);

/** One question and two answers: to answer is to train. Below them is the way to everything else. */
export function StartPlace() {
  const { goTo } = useApp();
  const hasAnswered = useAppState((state) => state.prediction !== null);
  const isTraining = useAppState((state) => isLive(phaseOf(state.training)));
  return (
    <div className="start">
      <section className="start-ask" aria-labelledby="start-question">
        <h1 id="start-question" tabIndex={-1}>
          {question[0]}
          <span>{question[1]}</span>
          {question[2]}
        </h1>
        {!isTraining && <p className="start-invitation">{invitation}</p>}
        {hasAnswered && <YourAnswer />}
        {isTraining ? <TrainsNow /> : <Answers />}
        <RecordedCurves />
      </section>
      <div className="start-below">
        <LastRun />
        <section aria-labelledby="start-lab">
          <h2 id="start-lab">{lab.heading}</h2>
          <p>{lab.text}</p>
          <button type="button" className="button-small" onClick={() => goTo('lab')}>
            {lab.go}
          </button>
        </section>
        <section aria-labelledby="start-runs">
          <h2 id="start-runs">{recorded.heading}</h2>
          <p>{recorded.text}</p>
          <p className="start-recordings">
            <WatchRecorded preset={null} /> <WatchRecorded preset="depth" />
          </p>
        </section>
      </div>
    </div>
  );
}

/** The nets that are asked about, the shallow one first. */
const models = defaultExperiment('cpu').lanes.map(({ model }) => model);
const styles = laneStyles(models);
const longest = Math.max(...models.map(({ block, depth }) => blocksPerStage(block, depth)));

function Answers() {
  const app = useApp();
  return (
    <div className="start-answers">
      {predictions.map((prediction, i) => (
        <button
          key={prediction}
          type="button"
          className="start-answer"
          aria-labelledby={`start-${prediction}`}
          aria-describedby={`start-${prediction}-text`}
          onClick={() => void app.answer(prediction)}
        >
          <b id={`start-${prediction}`}>{answers[prediction].name}</b>
          <small id={`start-${prediction}-text`}>{answers[prediction].text}</small>
          <AskedNet model={models[i]!} style={styles[i]!} answer={prediction} longest={longest} />
        </button>
      ))}
    </div>
  );
}
