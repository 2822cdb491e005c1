/** the present experiment: its runs, the data they wait for, and what went wrong. */
import type { ExperimentConfig, Pace } from '../../model/config.ts';
import type { ClientEvent } from '../../client/clientTypes.ts';
import type { DataMessage, DataWait, EndReason, Failure } from '../../protocol/protocol.ts';
import { advanceRun, endRun, type Run, type RunEndReason } from './run.ts';

export type DataProgress = Extract<DataMessage, { kind: 'progress' }>;

/** Something worth telling a person who does not watch the curves. */
export type Milestone =
  /** What came at once, in its order. */
  | { readonly kind: 'several'; readonly all: readonly Milestone[] }
  | { readonly kind: 'started' | 'paused' | 'resumed' | 'imagesBack' }
  /** Why it waits for images. */
  | { readonly kind: 'imagesWanted'; readonly trouble: DataWait['trouble'] }
  /** A lane that does not answer; null: the worker that deals the images. */
  | { readonly kind: 'silent'; readonly name: string | null }
  | { readonly kind: 'unevaluated'; readonly name: string; readonly step: number }
  | {
      readonly kind: 'evaluated';
      readonly step: number;
      readonly results: readonly { readonly name: string; readonly error: number }[];
    }
  | { readonly kind: 'rateChanged'; readonly name: string; readonly step: number; readonly rate: number }
  | { readonly kind: 'ended'; readonly name: string; readonly step: number; readonly reason: RunEndReason };

export interface Training {
  /** What the runs are trained with: of several seeds, the one. */
  readonly experiment: ExperimentConfig | null;
  /** Trainings that are to follow, each with the next seed. */
  readonly repeats: number;
  readonly runs: readonly Run[];
  readonly data: DataProgress | null;
  /** What the network keeps back, if lanes wait for it. */
  readonly wait: DataWait | null;
  /** Seconds for which the data worker has not answered; null while it does. */
  readonly dataSilent: number | null;
  /** What ended the experiment as a whole. */
  readonly failure: Failure | null;
  readonly milestone: Milestone | null;
}

export const noTraining: Training = {
  experiment: null,
  repeats: 0,
  runs: [],
  data: null,
  wait: null,
  dataSilent: null,
  failure: null,
  milestone: null,
};

export type Phase = 'idle' | 'starting' | 'running' | 'paused' | 'ended';

export function phaseOf({ runs }: Pick<Training, 'runs'>): Phase {
  if (runs.length === 0) return 'idle';
  const alive = runs.filter((run) => run.state !== 'ended');
  if (alive.length === 0) return 'ended';
  if (alive.some((run) => run.state === 'running')) return 'running';
  const begun = alive.filter((run) => run.state !== 'queued');
  return begun.length > 0 && begun.every((run) => run.state === 'paused') ? 'paused' : 'starting';
}

/** Changes with each run's first step, pause and end, and with what is said of its worker. */
export function milestonesOf(runs: readonly Run[]): string {
  return runs.map(({ state, step, stopping, silent }) => `${state} ${step > 0} ${stopping} ${silent}`).join();
}

/** In lockstep: the run that this one waits for, since no batch is dealt before all are done with the last: it is paused, or silent. */
export function heldBy(run: Run, runs: readonly Run[], pace: Pace): Run | null {
  if (pace === 'free' || run.state !== 'running' || run.silent !== null) return null;
  return runs.find(({ state }) => state === 'paused') ?? runs.find(({ silent }) => silent !== null) ?? null;
}

/** Why others wait for this run. */
export const whyHeld = ({ state }: Run): 'paused' | 'silent' => (state === 'paused' ? 'paused' : 'silent');

/** Whether runs are alive, so that the experiment must not be changed. */
export const isLive = (phase: Phase): boolean => phase !== 'idle' && phase !== 'ended';

/** The training after an event of the client. Pure: nothing of `training` is changed. */
export function applyEvent(training: Training, event: ClientEvent): Training {
  switch (event.kind) {
    case 'data':
      return { ...training, data: event.progress };
    case 'ready':
      return withRun(training, event.lane, { provenance: event.provenance });
    case 'waiting': {
      const { wait } = event;
      const before = training.wait?.trouble;
      if (wait?.trouble === before) return { ...training, wait };
      const milestone = wait
        ? ({ kind: 'imagesWanted', trouble: wait.trouble } as const)
        : ({ kind: 'imagesBack' } as const);
      return { ...training, wait, milestone };
    }
    case 'queued':
      return withRun(training, event.lane, { state: 'queued' });
    case 'unqueued':
      return withRun(training, event.lane, { state: 'waiting' });
    case 'stopping':
      return withRun(training, event.lane, { stopping: true });
    case 'terminated':
      return withRun(training, event.lane, { terminated: true });
    case 'silent':
      return withSilence(training, event);
    case 'checkpoint':
    case 'unkept':
      return training;
    case 'failure':
      return { ...training, failure: event.failure, wait: null };
    case 'run': {
      const runs = training.runs.map((run) => (run.lane === event.lane ? advanceRun(run, event.event) : run));
      const milestone = milestoneOf(training.runs, runs, event.lane) ?? training.milestone;
      const isOver = phaseOf({ runs }) === 'ended';
      return { ...training, runs, milestone, ...(isOver && { wait: null, dataSilent: null }) };
    }
  }
}

/** What several events make of it that are told together: no milestone of one is lost to that of the next. */
export function applyEvents(training: Training, events: readonly ClientEvent[]): Training {
  const all: Milestone[] = [];
  const after = events.reduce((before, event) => {
    const next = applyEvent(before, event);
    if (next.milestone && next.milestone !== before.milestone) all.push(next.milestone);
    return next;
  }, training);
  return all.length > 1 ? { ...after, milestone: { kind: 'several', all } } : after;
}

function withRun(training: Training, lane: string, change: Partial<Run>): Training {
  const runs = training.runs.map((run) =>
    run.lane === lane && run.state !== 'ended' ? { ...run, ...change } : run,
  );
  return { ...training, runs };
}

function withSilence(
  training: Training,
  { lane, seconds }: Extract<ClientEvent, { kind: 'silent' }>,
): Training {
  const run = training.runs.find((candidate) => candidate.lane === lane);
  const before = lane === null ? training.dataSilent : (run?.silent ?? null);
  const isNew = before === null && seconds !== null;
  const milestone = isNew ? ({ kind: 'silent', name: run?.name ?? null } as const) : training.milestone;
  if (lane === null) return { ...training, dataSilent: seconds, milestone };
  return { ...withRun(training, lane, { silent: seconds }), milestone };
}

/** The run, over for `reason` if it was not over before. */
export function endUnlessEnded(run: Run, reason: EndReason): Run {
  if (run.state === 'ended') return run;
  return endRun(run, { reason, divergedAt: null, failure: null });
}

function milestoneOf(before: readonly Run[], after: readonly Run[], lane: string): Milestone | null {
  const old = before.find((run) => run.lane === lane);
  const run = after.find((candidate) => candidate.lane === lane);
  if (!old || !run || old === run) return null;
  if (run.end && !old.end) return { kind: 'ended', name: run.name, step: run.step, reason: run.end.reason };
  const [phaseBefore, phase] = [phaseOf({ runs: before }), phaseOf({ runs: after })];
  if (phase !== phaseBefore) {
    if (phase === 'paused') return { kind: 'paused' };
    if (phase === 'running') return { kind: phaseBefore === 'paused' ? 'resumed' : 'started' };
  }
  const missed = run.missed.at(-1);
  if (missed && run.missed.length > old.missed.length) {
    return { kind: 'unevaluated', name: run.name, step: missed.step };
  }
  return evaluationMilestone(old, run, after) ?? rateMilestone(old, run);
}

/** All lanes that train have evaluated the step at which this one just did. */
function evaluationMilestone(old: Run, run: Run, runs: readonly Run[]): Milestone | null {
  const latest = run.evaluations.at(-1);
  if (!latest || run.evaluations.length === old.evaluations.length) return null;
  const results = runs.flatMap((other) => {
    const same = other.evaluations.find((evaluation) => evaluation.step === latest.step);
    return same && same.error !== null ? [{ name: other.name, error: same.error }] : [];
  });
  const expected = runs.filter((other) => other.state !== 'ended' || other.step >= latest.step);
  return results.length >= expected.length ? { kind: 'evaluated', step: latest.step, results } : null;
}

/** The learning rate dropped or rose by a tenth or more at once: a milestone of the schedule, not its slope. */
function rateMilestone(old: Run, run: Run): Milestone | null {
  const [before, now] = [old.learningRate.last, run.learningRate.last];
  if (before === undefined || now === undefined || run.config?.schedule.type === 'cosine') return null;
  if (Math.abs(now - before) < 0.1 * before) return null;
  return { kind: 'rateChanged', name: run.name, step: run.step, rate: now };
}
