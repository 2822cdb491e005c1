/** What the page knows. Types, and what can be read out of them: what changes it stands with the features. */
import type { ExperimentConfig, Pace } from '../../model/config.ts';
import type { Speed } from '../../model/cost.ts';
import type { DeviceChoice, Failure } from '../../protocol/protocol.ts';
import type { ChartView } from './chartView.ts';
import type { Drawer } from './drawer.ts';
import type { ExperimentDraft } from './draft.ts';
import type { KeptView } from './keptView.ts';
import type { Run } from './run.ts';
import type { LaneWeights } from './startWeights.ts';
import type { Training } from './training.ts';
import type { LinkError } from '../../model/linkError.ts';
import type { RunOrigin } from './runOrigin.ts';
import type { KeepState, Moments } from './keeping.ts';
import type { Inside } from './inside.ts';
import type { Place, Prediction } from './place.ts';

export type DeviceState =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly choice: DeviceChoice }
  | { readonly kind: 'failed'; readonly failure: Failure };

export const themes = ['auto', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

export const densities = ['simple', 'full'] as const;

/** What a student needs at first sight, or every number. */
export type Density = (typeof densities)[number];

/** How the page is looked at; kept in this browser. */
export interface View extends ChartView {
  readonly theme: Theme;
  readonly density: Density;
  /** Weight of the past in the smoothed curves, 0 to 0.99. */
  readonly smoothing: number;
}

/** How fast the device trains, as it was measured. */
export type SpeedState =
  | { readonly kind: 'unknown' | 'measuring' | 'failed' }
  | { readonly kind: 'measured'; readonly speed: Speed };

export interface AppState extends Replacing {
  readonly place: Place;
  /** What the drawer of the lab holds; null while it is closed. */
  readonly drawer: Drawer | null;
  /** What was answered at the start, before anything trained; null before. */
  readonly prediction: Prediction | null;
  readonly draft: ExperimentDraft;
  /** Whether the draft is the person's own, and no longer to be sized to the device. */
  readonly edited: boolean;
  /** Seconds that the experiment of the draft was meant to take when it was chosen; Infinity where time does not matter. */
  readonly meant: number;
  readonly device: DeviceState;
  readonly speed: SpeedState;
  /** The experiment of now: what trains, or trained last. */
  readonly training: Training;
  /** The runs of earlier experiments. */
  readonly archive: RunArchive;
  /** Runs that are kept in this browser and whose curves are not loaded: each has a summary in their place. */
  readonly library: readonly Run[];
  readonly keeping: KeepState;
  readonly moments: Moments;
  /** The ids of runs that another tab trains: they are shown as it keeps them, and are not this page's to change. */
  readonly elsewhere: ReadonlySet<string>;
  /** Kept runs that cannot be read: they are left where they are. */
  readonly unreadable: number;
  /** Runs out of files, shown beside those of this page. */
  readonly imported: readonly Run[];
  readonly watching: Watching;
  readonly deleted: Deletion | null;
  readonly saved: SavedRuns;
  /** Whether repetitions of a configuration are drawn and listed as one. */
  readonly grouped: boolean;
  /** Whether the list of recordings is open. */
  readonly runsOrigin: RunOrigin | 'all';
  /** Weights that lanes are to start from, by the lanes' ids. */
  readonly startWeights: LaneWeights;
  readonly view: View;
  readonly inside: Inside;
  /** The id of the run, or of the group of runs, that is pointed at: it is drawn before the others. */
  readonly highlighted: string | null;
}

/** The pace of what trains or trained last. */
export const selectPace = ({ training }: AppState): Pace => training.experiment?.pace ?? 'lockstep';

/** Why a link was not followed. */
export interface LinkFault {
  readonly kind: LinkError['kind'] | 'training';
  readonly detail: string;
  /** Whether the default stands in for it; else what was on the page stayed. */
  readonly isDefault: boolean;
}

export interface Replacing {
  /** What stood on the page before, the latest last: as it was typed, faults and all. */
  readonly replaced: readonly Pick<AppState, 'draft' | 'startWeights' | 'meant'>[];
  /** Counts replacements: each is a step of the browser's history, while an edit is none. */
  readonly moves: number;
  readonly linkFault: LinkFault | null;
}

/** Recorded runs that were asked for, to be watched in the lab. */
export interface Watching {
  /** Counts the times: each brings the curves into view. */
  readonly asked: number;
  /** `failed`: they could not be had, and `why` says what happened. */
  readonly state: 'idle' | 'coming' | 'here' | 'failed';
  readonly why: string | null;
}

export type ListName = 'library' | 'imported' | 'kept' | 'current';

/** Runs that were deleted last, with where each stood, and moments and views of others. */
export interface Deletion {
  readonly runs: readonly { readonly run: Run; readonly list: ListName; readonly index: number }[];
  readonly moments: Moments;
  /** By the runs' ids. */
  readonly views: ReadonlyMap<string, readonly KeptView[]>;
  /** The present experiment at the time. */
  readonly experiment: ExperimentConfig | null;
}

export interface RunArchive {
  /** The oldest first. All have ended, and have taken a step. */
  readonly kept: readonly Run[];
  /** How many were let go since the page was opened, because there were too many. */
  readonly dropped: number;
}

/** How far each run had come when it was saved, by its id. */
export type SavedRuns = Readonly<Record<string, string>>;
