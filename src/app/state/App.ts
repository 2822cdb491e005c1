/** Everything that a person can do to the page. */
import type { Run } from './run.ts';
import type { KeptView, ViewToKeep } from './keptView.ts';
import type { View, AppState } from './AppState.ts';
import type { StoreApi } from 'zustand/vanilla';
import type { CheckpointState } from '../../model/checkpoint.ts';
import type { ExperimentConfig, RunConfig } from '../../model/config.ts';
import type { Drawer } from './drawer.ts';
import type { LaneDraft, RecipeDraft } from './draft.ts';
import type { StartWeights } from './startWeights.ts';
import type { Failure } from '../../protocol/protocol.ts';
import type { PresetId } from '../../model/presetId.ts';
import type { RunOrigin } from './runOrigin.ts';
import type { Place, Prediction } from './place.ts';
import type { Archives } from './archives.ts';
import type { InsideActions } from './inside.ts';

export interface App
  extends DeviceActions, DraftActions, InsideActions, ReplaceActions, RunActions, TrainingActions {
  readonly store: StoreApi<AppState>;
  readonly archives: Archives;
  readonly setView: (patch: Partial<View>) => void;
  /** Brings a run, or a group of runs, forward on the charts while it is pointed at; null brings none. */
  readonly highlight: (id: string | null) => void;
  readonly goTo: (place: Place) => void;
  readonly openDrawer: (drawer: Drawer | null) => void;
  /**
   * Goes to the lab and draws the recorded runs that a preset's claim needs, all that there are with null; `watching` of the state tells
   * how it goes. What trains is not touched.
   */
  readonly watchRecorded: (preset: PresetId | null) => Promise<void>;
  /** Takes the recorded runs off the charts. */
  readonly putRecordedAway: () => void;
  /** Keeps the answer to the first question, and trains the two nets that it asks about. Nothing while something trains. */
  readonly answer: (prediction: Prediction) => Promise<void>;
}

export interface TrainingActions {
  /** Starts the experiment of the draft, with its first seed. Does nothing while one is alive or the draft is faulty. */
  readonly train: () => Promise<void>;
  /**
   * As {@link train}, but nets that are done under this very recipe and seed stay on the stage, and the others are trained on the same
   * batches: no equal run is repeated. While others train, what waits in the form joins them. Does nothing if nothing is new.
   */
  readonly trainNew: () => Promise<void>;
  /** Adds the residual twins that are missing and trains them: beside what trains, or after what is done. */
  readonly addTwinsAndTrain: () => Promise<void>;
  /** Trains the draft with `factor` times its budget; drops of the rate keep their share. Nothing while something trains. */
  readonly trainLonger: (factor: number) => Promise<void>;
  /** Trains the draft with this batch. Nothing while something trains. */
  readonly trainSmaller: (batchSize: number) => Promise<void>;
  /** Trains the draft with a tenth of the learning rate, for the nets that diverged; for all if none did. Nothing while something trains. */
  readonly lowerRate: () => Promise<void>;
  /** Trains what is not done yet anew, with recomputation: it then takes less memory. */
  readonly recomputeAndTrain: () => Promise<void>;
  /** Ends what trains, keeping its curves, and trains `experiment` in its place; {@link ReplaceActions.undoReplace} brings back the form. */
  readonly stopAndTrain: (experiment: ExperimentConfig) => Promise<void>;
  /** Has the draft begin after the last seed that was trained, with `count` seeds, and trains it. */
  readonly trainNextSeeds: (count: number) => Promise<void>;
  /**
   * Goes on with these runs, or with those that were interrupted together last, each from its last kept moment; those trained beside them
   * come back to the stage. Nothing while something trains.
   */
  readonly continueRuns: (ids?: readonly string[]) => Promise<void>;
  /** Starts a lane of the form beside those that train already. Does nothing if it cannot: see joinExperiment. */
  readonly trainLane: (id: string) => void;
  readonly pause: (lane?: string) => void;
  readonly resume: (lane?: string) => void;
  readonly stop: (lane?: string) => void;
  /**
   * Trains on from the moment of a run after `step` steps as `config`, as a run of its own called `name`. Rejects if that moment cannot be
   * read, or cannot go on so. Nothing while something trains, or where there is no such moment.
   */
  readonly branchRun: (id: string, step: number, config: RunConfig, name: string) => Promise<void>;
  /** Gives a run that is over so many steps in all. As {@link branchRun} otherwise. */
  readonly trainOn: (id: string, steps: number) => Promise<void>;
  /** What of a moment is no tensor. Rejects if it cannot be had. */
  readonly momentState: (id: string, step: number) => Promise<CheckpointState>;
  /** Runs that were interrupted are not to be gone on with: they count as stopped. */
  readonly leaveInterrupted: (ids: readonly string[]) => void;
  /** Has a moment of everything that trains kept now. */
  readonly keepNow: () => void;
  /** The lane's weights as safetensors: the present ones, or where these are gone those of the last kept moment. Rejects if there are none. */
  readonly exportWeights: (lane: string) => Promise<SavedWeights>;
}

export interface SavedWeights {
  readonly file: ArrayBuffer;
  /** The steps after which they were kept, where they are not those of now. */
  readonly step: number | null;
}

export interface ReplaceActions {
  /**
   * Puts `experiment` on the page, which is meant to take `seconds`, as long as what was there if absent; {@link undoReplace} brings
   * that back. Nothing while something trains.
   */
  readonly replaceExperiment: (experiment: ExperimentConfig, seconds?: number) => void;
  readonly undoReplace: () => void;
  /** Shows the experiment of an address, or says why not. Returns whether it did. */
  readonly openLink: (hash: string) => boolean;
  readonly dismissLinkFault: () => void;
}

export interface DraftActions {
  readonly editLane: (id: string, patch: Partial<Omit<LaneDraft, 'id'>>) => void;
  /** Adds a lane like the last one, but for `net`. Returns its id, or null if there is no room. */
  readonly addLane: (net?: Partial<Omit<LaneDraft, 'id'>>) => string | null;
  /** Adds a copy behind the lane. Returns its id, or null if there is no room. */
  readonly duplicateLane: (id: string) => string | null;
  readonly removeLane: (id: string) => void;
  readonly addTwins: () => void;
  /** What the lane starts from: a file of weights, or with null its seed's. */
  readonly setStartWeights: (id: string, weights: StartWeights | null) => void;
  readonly editRecipe: (patch: Partial<RecipeDraft>) => void;
}

export interface RunActions {
  /** An empty name changes nothing. */
  readonly renameRun: (id: string, name: string) => void;
  /** Takes a run's labels for those given: trimmed, each once. */
  readonly setTags: (id: string, tags: readonly string[]) => void;
  /** Gives runs these labels beside their own. */
  readonly addTags: (ids: readonly string[], tags: readonly string[]) => void;
  readonly setNote: (id: string, note: string) => void;
  /** Keeps a view with these runs. Rejects with what a person is told if it cannot be kept: then nothing has changed. */
  readonly keepView: (ids: readonly string[], view: ViewToKeep) => Promise<void>;
  /** Takes a kept view away; {@link undoDelete} brings it back. */
  readonly removeView: (run: string, view: string) => void;
  /** The picture of a kept view, found to be one. Rejects if it cannot be had. */
  readonly viewPicture: (run: string, view: KeptView) => Promise<Blob>;
  /**
   * Takes runs off the page, and moments (by the runs' ids, their steps); what trains stays. {@link undoDelete} brings back what the last
   * call took.
   */
  readonly deleteRuns: (ids: readonly string[], moments?: ReadonlyMap<string, readonly number[]>) => void;
  readonly undoDelete: () => void;
  /** What was deleted last is gone for good. */
  readonly forgetDeleted: () => void;
  /** A file holds these runs now, as far as they have come. */
  readonly markSaved: (runs: readonly Run[]) => void;
  readonly setHidden: (ids: readonly string[], isHidden: boolean) => void;
  /** Shows runs on the charts; those of the library come out of it. Returns the names of those whose curves cannot be read: they stay. */
  readonly loadRuns: (ids: readonly string[]) => Promise<readonly string[]>;
  /** The runs with their curves, which stay where they are. Rejects if one cannot be read. */
  readonly withCurves: (runs: readonly Run[]) => Promise<readonly Run[]>;
  /** Opens or closes the list of the runs that come with the page. */
  readonly showRuns: (origin: RunOrigin | 'all') => void;
  /** Whether repetitions of a configuration are drawn and listed as one. */
  readonly setGrouped: (grouped: boolean) => void;
  /** A number for the next file, so that the ids of its runs are new. */
  readonly nextImport: () => number;
  /** Shows runs out of a file beside the others. */
  readonly addImported: (runs: readonly Run[]) => void;
  /** Takes imported runs away, by their ids. */
  readonly removeImported: (ids: readonly string[]) => void;
}

export interface DeviceActions {
  /** Finds the device; the untouched default is sized to it. */
  readonly findDevice: () => Promise<void>;
  /** Gives devices that failed another chance. Does nothing while something trains. */
  readonly retryDevices: () => Promise<void>;
  /** Goes on, on the next device after the one that failed, with what that ended; trains the experiment of the draft where nothing is kept of it. */
  readonly trainElsewhere: (failure: Failure) => Promise<void>;
}
