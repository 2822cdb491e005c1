/** One net being trained or trained, as the page knows it. */
import type { RunConfig } from '../../model/config.ts';
import type {
  EndReason,
  EvaluationEvent,
  Failure,
  Provenance,
  RunEvent,
  UnevaluatedEvent,
} from '../../protocol/protocol.ts';
import type { KeptView } from './keptView.ts';
import { Series } from './series.ts';
import type { LaneStyle } from './laneStyle.ts';
import type { RunOrigin } from './runOrigin.ts';

/** `interrupted`: it was alive when its page, its browser or its computer went away. */
export const endReasons = ['completed', 'stopped', 'diverged', 'error', 'interrupted'] as const;
export type RunEndReason = EndReason | 'interrupted';

/** Why a run is over. */
export interface RunEnd {
  readonly reason: RunEndReason;
  readonly divergedAt: number | null;
  readonly failure: Failure | null;
}

/** A test of the net that could not be done. */
export type Missed = Omit<UnevaluatedEvent, 'kind'>;

/**
 * A test of the net. What another program logged may lack a value, and may not say on how many images it was made, or how
 * long it took: null. That is another thing than NaN, which was logged.
 */
export interface Evaluation extends Omit<EvaluationEvent, 'kind' | 'images' | 'loss' | 'error' | 'seconds'> {
  readonly images: number | null;
  readonly loss: number | null;
  /** 0 to 1 */
  readonly error: number | null;
  readonly seconds: number | null;
}

export interface Run {
  /** Unique among all runs of the page. */
  readonly id: string;
  /** The lane's id in its experiment. */
  readonly lane: string;
  readonly name: string;
  readonly style: LaneStyle;
  /** Null if it is not known: the run was logged by another program. */
  readonly config: RunConfig | null;
  /** The file of weights that it started from; null if from its seed. */
  readonly startedFrom: string | null;
  /** What computed it; null before it is ready, and where it is not known. */
  readonly provenance: Provenance | null;
  readonly origin: RunOrigin;
  /** When it was begun, or came in: milliseconds since 1970; null where nobody said. */
  readonly created: number | null;
  /** `queued`: it waits until another run ends. `waiting`: its net or its data are not there yet. */
  readonly state: 'queued' | 'waiting' | 'running' | 'paused' | 'ended';
  readonly end: RunEnd | null;
  /** It was told to end, and has not yet. */
  readonly stopping: boolean;
  /** It did not end when it was told to, so its worker was ended, and its weights are lost. */
  readonly terminated: boolean;
  /** Seconds for which its worker has not answered; null while it does. */
  readonly silent: number | null;
  /** Kernels that its device compiles before the first step; null before and after. */
  readonly compiling: { readonly done: number; readonly total: number } | null;
  /** Steps taken. */
  readonly step: number;
  /** The steps that the entries of the series below are of, ascending; null if there is one for each step from 1. */
  readonly loggedSteps: Series | null;
  /** One entry a logged step, absent where nothing was logged of it, or none at all; shares are 0 to 1. */
  readonly loss: Series;
  readonly error: Series;
  readonly learningRate: Series;
  readonly trainingSeconds: Series;
  /** Seconds since the run's start, pauses and evaluations included; empty where they were not recorded. */
  readonly wallSeconds: Series;
  readonly epoch: Series;
  /** One entry a pack of steps: its last step and its speed. */
  readonly speedSteps: Series;
  readonly imagesPerSecond: Series;
  readonly evaluations: readonly Evaluation[];
  /** Tests that were due and could not be done. */
  readonly missed: readonly Missed[];
  /** Steps after which it was paused. */
  readonly pauses: readonly number[];
  /** What was done to it but to train on, in order. */
  readonly history: readonly Chapter[];
  readonly tags: readonly string[];
  /** A person's own words about it. */
  readonly note: string;
  /** Views into its net that a person kept with it, the oldest first. */
  readonly views: readonly KeptView[];
  /** Its facts, where its series are kept and not loaded; null where they are here. */
  readonly summary: RunSummary | null;
}

/** A run was gone on with, or began as a branch of another: from the moment after `step` steps. */
export type Chapter =
  | {
      readonly kind: 'continued';
      readonly step: number;
      /** Milliseconds since 1970. */
      readonly when: number;
      /** What was set before, where it was changed: it was given more steps. */
      readonly before: RunConfig | null;
    }
  | {
      readonly kind: 'branched';
      readonly step: number;
      readonly when: number;
      /** The id and the name of the run that it comes from, and what that was set to. */
      readonly run: string;
      readonly name: string;
      readonly before: RunConfig | null;
    };

/** Shares are 0 to 1; null where it is not known. */
export interface RunSummary {
  readonly trainingError: number | null;
  readonly testError: number | null;
  readonly seconds: number | null;
  readonly speed: number | null;
  /** A few values of the training error, for a thumbnail. */
  readonly curve: readonly number[];
  /** What its series take up. */
  readonly bytes: number;
}

export function createRun(given: Pick<Run, 'id' | 'lane' | 'name' | 'style' | 'config'>): Run {
  const { empty } = Series;
  return {
    ...given,
    startedFrom: null,
    provenance: null,
    origin: 'here',
    created: null,
    state: 'waiting',
    end: null,
    stopping: false,
    terminated: false,
    silent: null,
    compiling: null,
    step: 0,
    loggedSteps: null,
    loss: empty,
    error: empty,
    learningRate: empty,
    trainingSeconds: empty,
    wallSeconds: empty,
    epoch: empty,
    speedSteps: empty,
    imagesPerSecond: empty,
    evaluations: [],
    missed: [],
    pauses: [],
    history: [],
    tags: [],
    note: '',
    views: [],
    summary: null,
  };
}

/** The run after an event of its own. Events come in order; one of steps that are known already changes nothing. */
export function advanceRun(run: Run, event: RunEvent): Run {
  switch (event.kind) {
    case 'steps': {
      if (event.first !== run.error.length + 1) return run;
      const step = run.error.length + event.error.length;
      return {
        ...run,
        step,
        loss: run.loss.append(event.loss),
        error: run.error.append(event.error),
        learningRate: run.learningRate.append(event.learningRate),
        trainingSeconds: run.trainingSeconds.append(event.trainingSeconds),
        wallSeconds: run.wallSeconds.append(event.trainingSeconds.map((s) => s + event.idleSeconds)),
        epoch: run.epoch.append(event.epoch),
        speedSteps: run.speedSteps.append([step]),
        imagesPerSecond: run.imagesPerSecond.append([event.imagesPerSecond]),
      };
    }
    case 'evaluation':
      // A run that goes on may test once more what it had tested just before it was interrupted.
      return { ...run, evaluations: [...run.evaluations.filter(({ step }) => step < event.step), event] };
    case 'unevaluated': {
      const { step, complete, failure } = event;
      return { ...run, missed: [...run.missed, { step, complete, failure }] };
    }
    case 'state': {
      const step = Math.max(run.step, event.step);
      if (event.state === 'finished' || event.state === 'failed') {
        const end: RunEnd = {
          reason: event.reason ?? (event.state === 'failed' ? 'error' : 'completed'),
          divergedAt: event.divergedAt ?? null,
          failure: event.failure ?? null,
        };
        return endRun({ ...run, step }, end);
      }
      const pauses = event.state === 'paused' ? [...run.pauses, step] : run.pauses;
      return { ...run, step, pauses, state: event.state === 'idle' ? 'waiting' : event.state };
    }
    case 'compiling': {
      const { done, total } = event;
      return { ...run, compiling: done < total ? { done, total } : null };
    }
    case 'gradientNorms':
      return run;
  }
}

/** The run, over: it neither ends nor is silent any more. */
export const endRun = (run: Run, end: RunEnd): Run => ({
  ...run,
  state: 'ended',
  end,
  stopping: false,
  silent: null,
  compiling: null,
});
