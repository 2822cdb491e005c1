/** Measures the device in quiet moments, once for each way of training on it, and never while something trains. */
import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentConfig } from '../../../model/config.ts';
import { costOf, speedOfRun, type Speed, type StepRates } from '../../../model/cost.ts';
import { sizesOf } from '../../../model/sizes.ts';
import { defaultExperiment } from '../../../model/presets.ts';
import type { BackendName, DeviceChoice } from '../../../protocol/protocol.ts';
import { secondsPerStep, SETTLED_STEPS } from '../../runs/progress.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import type { AppState } from '../../state/AppState.ts';

export interface SpeedServices {
  /** The device for so many lanes, its threads measured unless training needs the device first. */
  readonly calibrateDevice: (lanes: number, signal: AbortSignal) => Promise<DeviceChoice>;
  /** How fast the device trains so many lanes; rejects when the signal is aborted. */
  readonly measureSpeed: (device: DeviceChoice, lanes: number, signal: AbortSignal) => Promise<Speed>;
  /** Rules a backend out that failed with this; false if it is no failure of a device, or there is nothing after it. */
  readonly deviceFailed?: (backend: BackendName, error: Error) => boolean;
}

interface Known {
  readonly choice: DeviceChoice;
  readonly speed: Speed;
}

/** Milliseconds without a change after which a measurement begins. */
const QUIET = 400;
/** Milliseconds after which it is made again, in case that the machine was busy the first time. */
const AGAIN = 5000;
/** A busy machine is only ever slower: what is faster by so much tells that the one before was misled. */
const MISLED = 0.8;
const MOST_MEASUREMENTS = 3;
/** Steps between two looks at the pace of a run, and by how much it has to differ to be learnt again. */
const LOOK_STEPS = 5;
const CHANGED = 0.1;

const scaled = ({ perLayer, perActivation, perMultiplyAdd }: StepRates, factor: number): StepRates => ({
  perLayer: factor * perLayer,
  perActivation: factor * perActivation,
  perMultiplyAdd: factor * perMultiplyAdd,
});

/** What decides the speed: on a processor two lanes at once are slower than one. */
const keyOf = ({ backend, threads }: DeviceChoice, lanes: number) =>
  `${backend} ${threads} ${Math.min(2, lanes)}`;

/** Seconds of a step of the same experiment, by which two measurements are compared. */
const secondsAt = (speed: Speed): number => costOf(defaultExperiment('cpu'), speed).stepSeconds;

/** Keeps `device` and `speed` of the state true to the number of lanes. What was measured holds for the session. */
export function meterSpeed(store: StoreApi<AppState>, services: SpeedServices): void {
  const measured = new Map<string, Speed>();
  const known = new Map<string, Known>();
  let wanted = '';
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function look(): void {
    const { device, draft, training } = store.getState();
    const lanes = draft.lanes.length;
    const found = device.kind === 'found' && !isLive(phaseOf(training));
    const key = found ? `${device.choice.backend} ${lanes}` : '';
    if (key === wanted) return;
    wanted = key;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running?.abort(new DOMException('The device is needed for training.', 'AbortError'));
    running = null;
    const before = known.get(key);
    if (before) show(before);
    else if (key !== '') {
      if (store.getState().speed.kind !== 'measured') store.setState({ speed: { kind: 'measuring' } });
      timer = setTimeout(() => void measure(key, lanes), QUIET);
    } else if (store.getState().speed.kind === 'measuring') store.setState({ speed: { kind: 'unknown' } });
  }

  function show({ choice, speed }: Known): void {
    store.setState({ device: { kind: 'found', choice }, speed: { kind: 'measured', speed } });
  }

  async function measure(wantedKey: string, lanes: number, times = 1): Promise<void> {
    timer = null;
    const own = new AbortController();
    running = own;
    try {
      const { choice, speed, isFresh } = await measureOnDevice(lanes, own.signal, times > 1);
      const before = known.get(wantedKey);
      const isFaster = !before || secondsAt(speed) < MISLED * secondsAt(before.speed);
      if (isFaster) {
        known.set(wantedKey, { choice, speed });
        measured.set(keyOf(choice, lanes), speed);
        if (running === own) show({ choice, speed });
      }
      // What a run has told is not measured again.
      if (running === own && isFaster && isFresh && times < MOST_MEASUREMENTS) {
        timer = setTimeout(() => void measure(wantedKey, lanes, times + 1), AGAIN);
      }
    } catch (error) {
      if (own.signal.aborted) return;
      console.warn('the device could not be measured', error);
      if (!known.has(wantedKey)) store.setState({ speed: { kind: 'failed' } });
    } finally {
      if (running === own) running = null;
    }
  }

  /** On the next where the best does not start. */
  async function measureOnDevice(
    lanes: number,
    signal: AbortSignal,
    anew: boolean,
  ): Promise<Known & { readonly isFresh: boolean }> {
    const choice = await services.calibrateDevice(lanes, signal);
    signal.throwIfAborted();
    // Shown at once: the workers that wait for a run then open this device. One of another kind is measured by itself.
    store.setState({ device: { kind: 'found', choice } });
    signal.throwIfAborted();
    const key = keyOf(choice, lanes);
    try {
      const before = anew ? undefined : measured.get(key);
      const speed = before ?? (await services.measureSpeed(choice, lanes, signal));
      return { choice, speed, isFresh: before === undefined };
    } catch (error) {
      const failed =
        !signal.aborted && error instanceof Error && services.deviceFailed?.(choice.backend, error);
      if (!failed) throw error;
      return measureOnDevice(lanes, signal, anew);
    }
  }

  let learnt: { readonly of: ExperimentConfig; readonly step: number; readonly slowest: number } | null =
    null;

  /**
   * The run itself tells best how fast the device trains: once it has settled, what was estimated before is set right by it, and
   * again whenever its pace turns out to be another: its first steps may have met a busy moment, and a laptop that has grown hot slows
   * down. Where nothing was measured, all of its time counts as arithmetic.
   */
  function learn(): void {
    const { speed, training, device, draft } = store.getState();
    const { experiment: trained } = training;
    if (!trained || !isLive(phaseOf(training))) return;
    const begun = training.runs.filter(({ state, step }) => state === 'running' && step > 0);
    const step = Math.min(...begun.map((run) => run.step));
    const before = learnt?.of === trained ? learnt : null;
    if (step < SETTLED_STEPS || (before && step < before.step + LOOK_STEPS)) return;
    const lanes = trained.lanes.filter(({ id }) => begun.some(({ lane }) => lane === id));
    const slowest = Math.max(...begun.map((run) => secondsPerStep(run) ?? NaN));
    if (lanes.length === 0 || lanes.length < begun.length || !(slowest > 0)) return;
    const isSame = before !== null && Math.abs(slowest / before.slowest - 1) <= CHANGED;
    learnt = { of: trained, step, slowest: isSame ? before.slowest : slowest };
    if (isSame) return;
    const images = trained.recipe.batchSize / slowest;
    const largest = sizesOf({ ...trained, lanes }).reduce((a, b) =>
      b.multiplyAdds > a.multiplyAdds ? b : a,
    );
    const net = lanes.find(({ id }) => id === largest.id)!.model;
    const guess = speed.kind === 'measured' ? speed.speed : speedOfRun(net, images, lanes.length);
    const factor = slowest / costOf({ ...trained, lanes }, guess).stepSeconds;
    const mended = { ...guess, rates: scaled(guess.rates, factor) };
    if (device.kind === 'found') {
      const { choice } = device;
      known.set(`${choice.backend} ${draft.lanes.length}`, { choice, speed: mended });
      measured.set(keyOf(choice, draft.lanes.length), mended);
    }
    store.setState({ speed: { kind: 'measured', speed: mended } });
  }

  look();
  store.subscribe((state, before) => {
    if (
      state.device !== before.device ||
      state.draft.lanes !== before.draft.lanes ||
      state.training !== before.training
    ) {
      look();
      learn();
    }
  });
}
