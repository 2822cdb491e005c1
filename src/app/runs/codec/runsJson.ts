/** The runs of the page as one JSON file that says everything about them, and back. */
import type { ExperimentConfig, RunConfig } from '../../../model/config.ts';
import type { DeviceChoice, Provenance } from '../../../protocol/protocol.ts';
import type { Chapter, Evaluation, Run, RunEnd } from '../../state/run.ts';
import type { Series } from '../../state/series.ts';

export const RUNS_FORMAT = 'residual-playground-runs';
/** Counts up when a reader of the last version would misunderstand the file. */
export const RUNS_VERSION = 5;
/** A reader of this one understands what was never interrupted, gone on with or branched. */
const VERSION_WITHOUT_HISTORY = 4;
/** And one of this what holds no null among its numbers. */
const VERSION_WITHOUT_NULL = 3;

/** JSON has no NaN and no Infinity: they are written as these words. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** What was logged of a step; null if nothing was. */
export type LoggedNumber = JsonNumber | null;

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
    readonly loss: readonly LoggedNumber[];
    readonly error: readonly LoggedNumber[];
    readonly learningRate: readonly LoggedNumber[];
    readonly epoch: readonly LoggedNumber[];
    readonly trainingSeconds: readonly LoggedNumber[];
    /** Pauses and evaluations included; empty where that was not recorded. */
    readonly wallSeconds: readonly LoggedNumber[];
  };
  /** One entry for each pack of steps that was read back: its last step, and its speed. */
  readonly speed: {
    readonly steps: readonly JsonNumber[];
    readonly imagesPerSecond: readonly JsonNumber[];
  };
  readonly evaluations: readonly EvaluationRecord[];
  /** Steps after which it was paused. */
  readonly pauses: readonly number[];
  /** What chapters of other runs in the file call it. */
  readonly id: string;
  /** Since version 5: how it was gone on with, and what it is a branch of. */
  readonly history: readonly Chapter[];
  readonly tags: readonly string[];
  readonly note: string;
  /** Where it came from when it was saved; a run out of a file is one of a file. */
  readonly origin: Run['origin'];
  /** Milliseconds since 1970; null where nobody knows. */
  readonly created: number | null;
}

export type EvaluationRecord = Omit<Evaluation, 'loss' | 'error' | 'seconds'> &
  Readonly<Record<'loss' | 'error' | 'seconds', LoggedNumber>>;

export interface RunsFile {
  readonly format: typeof RUNS_FORMAT;
  readonly version: typeof RUNS_VERSION | typeof VERSION_WITHOUT_HISTORY | typeof VERSION_WITHOUT_NULL;
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
    version: versionOf(runs),
    exported: exported.toISOString(),
    app,
    device,
    experiment,
    runs: runs.map(recordOf),
  };
  return `${JSON.stringify(file)}\n`;
}

function versionOf(runs: readonly Run[]): RunsFile['version'] {
  const hasHistory = runs.some(({ history, end }) => history.length > 0 || end?.reason === 'interrupted');
  if (hasHistory) return RUNS_VERSION;
  return runs.some(hasAbsent) ? VERSION_WITHOUT_HISTORY : VERSION_WITHOUT_NULL;
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
    loggedSteps: run.loggedSteps && numbersOf(run.loggedSteps),
    series: {
      loss: written(run.loss),
      error: written(run.error),
      learningRate: written(run.learningRate),
      epoch: written(run.epoch),
      trainingSeconds: written(run.trainingSeconds),
      wallSeconds: written(run.wallSeconds),
    },
    speed: { steps: numbersOf(run.speedSteps), imagesPerSecond: numbersOf(run.imagesPerSecond) },
    evaluations: run.evaluations.map(({ step, images, complete, loss, error, seconds }) => ({
      step,
      images,
      complete,
      loss: loggedNumber(loss),
      error: loggedNumber(error),
      seconds: loggedNumber(seconds),
    })),
    pauses: run.pauses,
    id: run.id,
    history: run.history,
    tags: run.tags,
    note: run.note,
    origin: run.origin,
    created: run.created,
  };
}

const hasAbsent = (run: Run): boolean =>
  seriesKeys.some((key) => run[key].hasAbsent) ||
  run.evaluations.some(({ loss, error }) => loss === null || error === null);

const seriesKeys = ['loss', 'error', 'learningRate', 'epoch', 'trainingSeconds', 'wallSeconds'] as const;

const numbersOf = (series: Series) => Array.from(series.values, jsonNumber);

const written = (series: Series): readonly LoggedNumber[] =>
  Array.from(series.values, (value, i) => (series.isAbsent(i) ? null : jsonNumber(value)));

const loggedNumber = (value: number | null): LoggedNumber => (value === null ? null : jsonNumber(value));

function jsonNumber(value: number): JsonNumber {
  return Number.isFinite(value) ? value : (String(value) as JsonNumber);
}
