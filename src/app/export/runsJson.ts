/** The runs of the page as one JSON file that says everything about them, and back. */
import type { ExperimentConfig, RunConfig } from '../../model/config.ts';
import type { DeviceChoice, Provenance } from '../../workers/protocol.ts';
import type { Evaluation, Run, RunEnd } from '../store/run.ts';
import type { Series } from '../store/series.ts';

export const RUNS_FORMAT = 'residual-playground-runs';
/** Counts up when a reader of the last version would misunderstand the file. */
export const RUNS_VERSION = 3;

/** JSON has no NaN and no Infinity: they are written as these words. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** Errors are shares, 0 to 1. */
export interface RunRecord {
  readonly lane: string;
  readonly name: string;
  /** Null if it is not known. */
  readonly config: RunConfig | null;
  readonly state: Run['state'];
  readonly step: number;
  /** Why the run is over; null while it is not. */
  readonly end: RunEnd | null;
  /** The file of weights that it started from; null if from its seed. */
  readonly startedFrom: string | null;
  /** What computed it; null if it is not known. */
  readonly provenance: Provenance | null;
  /** The steps of the entries of `series`; null if there is one for each step from 1. */
  readonly loggedSteps: readonly JsonNumber[] | null;
  /** One entry a logged step; a list may be empty, where nothing of it is known. */
  readonly series: {
    readonly loss: readonly JsonNumber[];
    readonly error: readonly JsonNumber[];
    readonly learningRate: readonly JsonNumber[];
    readonly epoch: readonly JsonNumber[];
    readonly trainingSeconds: readonly JsonNumber[];
    /** Pauses and evaluations included; empty where that was not recorded. */
    readonly wallSeconds: readonly JsonNumber[];
  };
  /** One entry for each pack of steps that was read back: its last step, and its speed. */
  readonly speed: {
    readonly steps: readonly JsonNumber[];
    readonly imagesPerSecond: readonly JsonNumber[];
  };
  readonly evaluations: readonly EvaluationRecord[];
  /** Steps after which it was paused. */
  readonly pauses: readonly number[];
}

export type EvaluationRecord = Omit<Evaluation, 'loss' | 'error' | 'seconds'> &
  Readonly<Record<'loss' | 'error', JsonNumber>> & { readonly seconds: JsonNumber | null };

export interface RunsFile {
  readonly format: typeof RUNS_FORMAT;
  readonly version: typeof RUNS_VERSION;
  /** When it was written: ISO 8601. */
  readonly exported: string;
  readonly app: AppBuild;
  /** What trained, and why that; null if it is not known. */
  readonly device: DeviceChoice | null;
  /** What all runs belong to; null if they are of several experiments. */
  readonly experiment: ExperimentConfig | null;
  readonly runs: readonly RunRecord[];
}

/** Which program made a file. */
export interface AppBuild {
  readonly version: string;
  /** Short hash; null where it was not built from a repository. */
  readonly commit: string | null;
}

export interface RunsExport extends Pick<RunsFile, 'app' | 'device' | 'experiment'> {
  readonly exported: Date;
  readonly runs: readonly Run[];
}

export function runsToJson({ exported, app, device, experiment, runs }: RunsExport): string {
  const file: RunsFile = {
    format: RUNS_FORMAT,
    version: RUNS_VERSION,
    exported: exported.toISOString(),
    app,
    device,
    experiment,
    runs: runs.map(recordOf),
  };
  return `${JSON.stringify(file)}\n`;
}

function recordOf(run: Run): RunRecord {
  return {
    lane: run.lane,
    name: run.name,
    config: run.config,
    state: run.state,
    step: run.step,
    end: run.end,
    startedFrom: run.startedFrom,
    provenance: run.provenance,
    loggedSteps: run.loggedSteps && written(run.loggedSteps),
    series: {
      loss: written(run.loss),
      error: written(run.error),
      learningRate: written(run.learningRate),
      epoch: written(run.epoch),
      trainingSeconds: written(run.trainingSeconds),
      wallSeconds: written(run.wallSeconds),
    },
    speed: { steps: written(run.speedSteps), imagesPerSecond: written(run.imagesPerSecond) },
    evaluations: run.evaluations.map(({ step, images, complete, loss, error, seconds }) => ({
      step,
      images,
      complete,
      loss: jsonNumber(loss),
      error: jsonNumber(error),
      seconds: seconds === null ? null : jsonNumber(seconds),
    })),
    pauses: run.pauses,
  };
}

const written = (series: Series) => Array.from(series.values, jsonNumber);

function jsonNumber(value: number): JsonNumber {
  return Number.isFinite(value) ? value : (String(value) as JsonNumber);
}
