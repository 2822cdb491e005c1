/**
 * Looks for the size at which a preset's claim comes out: `npm run claims -- --out DIR [--preset ID] [--size 8x64x300] [--recipe paper] [--backend webgpu]`.
 * Trains the nets that the claim is about with each seed, one after the other and at low priority, and judges them by the rule of the verdict. What is trained
 * stays in DIR, and what is recorded for the page is taken from there with --recorded: called again, it goes on with the first net that is not there. Of a net that goes on from another one it trains that one's first steps again. Without --preset and --size it goes through
 * claims/plan.ts. DIR/sizes.json is what src/model/presetSizes.json holds.
 */
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { runOfLane, type ExperimentConfig, type LaneConfig } from '../src/model/config.ts';
import { costOf, speedOfRun } from '../src/model/cost.ts';
import { lanesOfClaim, presetClaims } from '../src/model/presetClaims.ts';
import type { PresetSize } from '../src/model/presetId.ts';
import { presetAtSize, presets, type Preset } from '../src/model/presets.ts';
import { judge, type JudgedNet, type Outcome } from './claims/judge.ts';
import {
  clearParts,
  NetStore,
  type Ancestor,
  readSizes,
  writeWhole,
  type TrainedNet,
} from './claims/netStore.ts';
import { plan } from './claims/plan.ts';
import { recordedNet } from './claims/recordedNets.ts';
import { commandOf, sizesFound, summaryOf, type SizeResult } from './claims/sizesFound.ts';
import { nameOfSize, sizeOfText } from './claims/sizeText.ts';
import { trainLane, type Training } from './claims/trainLane.ts';
import { UsageError } from './commandError.ts';
import { Interruption } from './interruption.ts';
import { openNodeOps } from './node/nodeDevice.ts';
import { readBackend, readOptions, readThreads } from './options.ts';
import { deviceText, originHere } from './origin.ts';
import { runCommand } from './runCommand.ts';
import type { TensorLike } from '../src/kernels/ops.ts';

const RECORDINGS = 'public/recordings';

interface Task {
  readonly preset: Preset;
  readonly size: PresetSize;
}

/** ResNet-20 with 8 filters does a batch of 64 in so many seconds, on one thread of the machine that trains recordings (docs/numbers.md). */
const REFERENCE_SECONDS = 0.078;

await runCommand(async () => {
  const options = readOptions('npm run claims', {
    out: { type: 'string', value: 'DIR', required: true },
    preset: { type: 'string', value: 'ID' },
    size: { type: 'string', value: 'WxBxSTEPS' },
    recipe: { type: 'string', value: 'short|paper' },
    seeds: { type: 'string', value: '1,2' },
    backend: { type: 'string', value: 'wasm|webgpu|cpu' },
    threads: { type: 'string', value: 'N' },
    data: { type: 'string', value: 'DIR' },
    recorded: { type: 'boolean' },
    plan: { type: 'boolean' },
  });
  const out = options.out ?? '';
  const seeds = seedsOf(options.seeds ?? '1,2');
  const backend = readBackend(options.backend);
  const threads = readThreads(options.threads, backend);
  const tasks = tasksOf(options.preset, options.size, recipeOf(options.recipe));
  if (options.plan) {
    for (const task of tasks) process.stdout.write(`${planLine(task, seeds)}\n`);
    return;
  }
  // Whoever works on this machine comes first.
  setPriority(constants.priority.PRIORITY_LOW);
  const interruption = new Interruption();
  await clearParts(out);
  const ops = await openNodeOps(backend, { threads });
  const training: Training<TensorLike> = {
    ops,
    backend,
    data: options.data,
    interruption,
    origin: originHere(threads === 1 ? deviceText(ops) : `${deviceText(ops)}, ${threads} threads`),
  };
  const store = new NetStore(out, backend);
  const sizesFile = join(out, 'sizes.json');
  let sizes = await readSizes(sizesFile);
  for (const task of tasks) {
    const result = await resultOf(task, seeds, store, training, options.recorded);
    if (result === null) break;
    for (const [i, outcome] of result.outcomes.entries()) {
      const file = `${task.preset.id}-${nameOfSize(task.size)}-seed-${seeds[i]}.json`;
      await writeWhole(join(out, file), `${JSON.stringify(seedReport(result, i, outcome), null, 2)}\n`);
    }
    process.stdout.write(`${summaryOf(result)}\n`);
    sizes = sizesFound(sizes, [result]);
    await writeWhole(sizesFile, `${JSON.stringify(sizes, null, 2)}\n`);
  }
  if (interruption.due) console.error('the nets that are trained are kept: call it again to go on');
});

/** Trains what of a task is not trained yet; null if that was interrupted. */
async function resultOf(
  { preset, size }: Task,
  seeds: readonly number[],
  store: NetStore,
  training: Training<TensorLike>,
  recorded: boolean,
): Promise<SizeResult | null> {
  const claim = presetClaims[preset.id];
  const needed = lanesOfClaim(claim);
  const trained: { nets: JudgedNet[]; files: TrainedNet[] }[] = [];
  for (const seed of seeds) {
    const experiment = experimentOf({ preset, size }, seed);
    const [nets, files]: [JudgedNet[], TrainedNet[]] = [[], []];
    for (const lane of experiment.lanes.filter(({ id }) => needed.includes(id))) {
      const run = runOfLane(experiment, lane);
      const ancestors = ancestorsOf(experiment, lane);
      if (training.interruption.due) return null;
      let net = await store.find(run, ancestors);
      if (recorded && ancestors.length === 0) net ??= await recordedNet(RECORDINGS, run);
      if (!net) {
        console.error(`${preset.id} ${nameOfSize(size)}: trains ${lane.id}, seed ${seed}`);
        net = await trainLane(experiment, lane, training);
        if (!net) return null;
        await store.keep(run, net, ancestors);
      }
      nets.push({ id: lane.id, config: run, error: net.error });
      files.push(net);
    }
    trained.push({ nets, files });
  }
  const outcomes = trained.map(({ nets }) => judge(claim, nets, size.steps));
  const { backend } = training;
  return { preset: preset.id, size, seeds, backend, recorded, nets: trained.map(({ nets }) => nets), files: trained.map(({ files }) => files), outcomes }; // prettier-ignore
}

/** What a lane goes on from, the nearest first. */
function ancestorsOf(experiment: ExperimentConfig, { from }: LaneConfig): readonly Ancestor[] {
  const parent = from && experiment.lanes.find(({ id }) => id === from.lane);
  if (!from || !parent) return [];
  return [{ run: runOfLane(experiment, parent), step: from.step }, ...ancestorsOf(experiment, parent)];
}

function experimentOf({ preset, size }: Task, seed: number) {
  // Only the training error counts: no time goes into tests.
  const evaluation = { every: 0, images: 1000, atEnd: false };
  const experiment = presetAtSize(preset, { ...size, evaluation });
  return { ...experiment, recipe: { ...experiment.recipe, seed } };
}

function seedReport(
  { preset, size, seeds, backend, recorded, nets, files }: SizeResult,
  index: number,
  outcome: Outcome,
) {
  const seed = seeds[index];
  return {
    preset,
    size,
    seed,
    comesOut: outcome.comesOut,
    pairs: outcome.pairs,
    nets: nets[index]?.map(({ id, error }, i) => {
      const { seconds, divergedAt, commit, date, device } = files[index]![i]!;
      const last = error.slice(Math.max(0, size.steps - 50), size.steps);
      const meanError = last.reduce((sum, one) => sum + one, 0) / last.length;
      return { id, meanError, divergedAt, stepsTrained: error.length, seconds, commit, date, device };
    }),
    command: commandOf({ preset, size, backend, recorded }, [seed ?? 0]),
  };
}

/** Throws {@link UsageError}. */
function tasksOf(
  id: string | undefined,
  size: string | undefined,
  recipe: PresetSize['recipe'],
): readonly Task[] {
  const chosen = id === undefined ? presets.filter((one) => !one.whole) : [presetOf(id, recipe)];
  if (size !== undefined) return chosen.map((preset) => taskOf(preset, { ...sizeOfText(size), recipe }));
  if (recipe) throw new UsageError('--recipe paper needs --size: what is planned are short runs');
  return plan.flatMap((planned) => {
    const preset = chosen.find((candidate) => candidate.id === planned.preset);
    return preset ? [taskOf(preset, planned.size)] : [];
  });
}

/** With the steps that the preset takes at this size: one that branches takes no fewer than its branch needs. */
function taskOf(preset: Preset, size: PresetSize): Task {
  return { preset, size: { ...size, steps: presetAtSize(preset, size).recipe.steps ?? size.steps } };
}

function presetOf(id: string, recipe: PresetSize['recipe']): Preset {
  const found = presets.find((preset) => preset.id === id);
  if (!found) {
    throw new UsageError(
      `--preset must be one of ${presets.map((preset) => preset.id).join(', ')}, not "${id}"`,
    );
  }
  if (found.whole && !recipe)
    throw new UsageError(`--preset ${id} is of the paper's recipe: it needs --recipe paper`);
  return found;
}

/** Throws {@link UsageError}. */
function recipeOf(text = 'short'): PresetSize['recipe'] {
  if (text !== 'short' && text !== 'paper')
    throw new UsageError(`--recipe must be short or paper, not "${text}"`);
  return text === 'paper' ? text : undefined;
}

/** Throws {@link UsageError}. */
function seedsOf(text: string): readonly number[] {
  const seeds = text.split(',').map((seed) => (/^\s*\d+\s*$/.test(seed) ? Number(seed) : NaN));
  if (!seeds.every(Number.isSafeInteger) || new Set(seeds).size < seeds.length) {
    throw new UsageError(`--seeds must be different whole numbers with commas between them, not "${text}"`);
  }
  return seeds;
}

function planLine(task: Task, seeds: readonly number[]): string {
  const model = { family: 'cifar', block: 'basic', depth: 20, shortcut: 'A', width: 8 } as const;
  const experiment = experimentOf(task, 1);
  const needed = lanesOfClaim(presetClaims[task.preset.id]);
  const lanes = costOf(experiment, speedOfRun(model, 64 / REFERENCE_SECONDS, 1)).lanes.filter((_, i) =>
    needed.includes(experiment.lanes[i]!.id),
  );
  const step = lanes.reduce((sum, { stepSeconds }) => sum + stepSeconds, 0);
  const seconds = Math.round(seeds.length * task.size.steps * step);
  return `${task.preset.id} ${nameOfSize(task.size)}: about ${seconds} s, where none of its nets is trained yet`;
}
