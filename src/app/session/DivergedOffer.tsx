import { useState } from 'react';
import { lowerRate } from '../../model/lowerRate.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import type { Run } from '../state/run.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { sentence } from '../ui/format.ts';
import { divergedOffer as words } from './enNotes.ts';
import { soundMoment } from './goingOn.ts';

/** Nets on the stage that diverged, each with the way back to its last sound moment at a lower rate. Nothing while something trains. */
export function DivergedOffer() {
  const training = useAppState((state) => state.training);
  if (isLive(phaseOf(training))) return null;
  return training.runs
    .filter(({ end }) => end?.reason === 'diverged')
    .map((run) => <Offer key={run.id} run={run} />);
}

function Offer({ run }: { readonly run: Run }) {
  const app = useApp();
  const moments = useAppState((state) => state.moments);
  const [failure, setFailure] = useState<string | null>(null);
  const moment = soundMoment({ moments }, run);
  const { config, name } = run;
  if (!config || !moment) return null;
  const { step } = moment;
  const rate = lowerRate(config.optimizer.learningRate);
  const lower = { ...config, optimizer: { ...config.optimizer, learningRate: rate } };
  const go = () => {
    app.branchRun(run.id, step, lower, words.name(name, step, rate)).catch((error: unknown) => {
      setFailure(sentence(error instanceof Error ? error.message : String(error)));
    });
  };
  return (
    <section className="continue-offer" aria-label={name} data-focus-next=".button-main">
      <p>{words.text(name, run.end?.divergedAt ?? run.step, step)}</p>
      {failure !== null && <p className="field-fault">{words.failed(failure)}</p>}
      <p className="continue-offer-actions">
        <button type="button" className="button-small" onClick={go}>
          {words.go(step, rate)}
        </button>
      </p>
    </section>
  );
}
