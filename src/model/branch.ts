/**
 * The same moment of a run under a changed configuration: for another future of the same net, and for more steps of a finished run.
 *
 * Free to change: budget, learning rate, schedule, momentum and weight decay, the optimiser, batch size, augmentation, normalisation,
 * order and its seed, label smoothing, evaluations. Of the net, its shortcuts, if the weights that the new ones need are there: plain and
 * residual with shortcuts A go to and fro, B and C go to A, C to B, and every one of them to plain; depth, width and the layers of a block
 * stay. What a change does not concern is equal to the last bit; what begins anew is said by {@link branchNotes}.
 */
import {
  checkpointTensors,
  decodeCheckpoint,
  encodeCheckpoint,
  type Checkpoint,
  type CheckpointState,
} from './checkpoint.ts';
import type { OptimizerConfig, RunConfig } from './config.ts';
import { unitOf } from './depths.ts';
import { buildGraph } from './graph.ts';
import { layoutOf } from './parameters.ts';
import type { HostTensor } from './safetensors.ts';
import { sameSettings } from './sameSettings.ts';

/** The settings on which the images of a batch depend, and how they are made. */
const batchSettings = ['seed', 'order', 'batchSize', 'augment', 'normalisation'] as const;
export type BatchSetting = (typeof batchSettings)[number];

/** What a branch does not take over from its parent. */
export type BranchNote =
  /** What the optimiser remembers starts at zero: it is another. */
  | {
      readonly kind: 'optimizer';
      readonly was: OptimizerConfig['type'];
      readonly is: OptimizerConfig['type'];
    }
  /** The warm-up is another: whether it is over is asked anew. */
  | { readonly kind: 'warmUp' }
  /** The batches from here on are not those of the parent. */
  | { readonly kind: 'batches'; readonly because: readonly BatchSetting[] }
  /** Epochs are counted by the number of the batch, whose size changes: they jump. `is` is right to within one short batch an epoch. */
  | { readonly kind: 'epochs'; readonly was: number; readonly is: number }
  /** The net computes something else: its running statistics, which evaluations use, need some steps to follow. */
  | { readonly kind: 'statistics' }
  /** Weights of shortcuts for which the net has no place any more. */
  | { readonly kind: 'unused'; readonly tensors: readonly string[] }
  /** The evaluation that was due at this moment is not due any more. */
  | { readonly kind: 'evaluation' };

/** Why there is no such branch. */
export type BranchFault =
  /** The net is another. */
  | { readonly kind: 'net'; readonly what: 'depth' | 'width' | 'block' }
  /** Its shortcuts need weights that the parent has not. */
  | { readonly kind: 'shortcuts'; readonly tensors: readonly string[] }
  /** The budget is spent already: so much of it was, in the unit in which it is given. */
  | { readonly kind: 'budget'; readonly unit: 'steps' | 'epochs' | 'minutes'; readonly spent: number };

/** There is no such branch; see {@link BranchFault}. */
export class BranchError extends Error {
  override readonly name = 'BranchError';
  constructor(readonly fault: BranchFault) {
    super(`There is no such branch: ${JSON.stringify(fault)}`);
  }
}

/** Why a moment with this state cannot go on as `run`; null if it can. */
export function branchFault(state: CheckpointState, run: RunConfig): BranchFault | null {
  if (sameSettings(state.run, run)) return null;
  const [was, is] = [state.run.model, run.model];
  if (was.depth !== is.depth) return { kind: 'net', what: 'depth' };
  if (was.width !== is.width) return { kind: 'net', what: 'width' };
  if (unitOf(was.block) !== unitOf(is.block)) return { kind: 'net', what: 'block' };
  const present = new Set(weightsOf(state.run));
  const tensors = weightsOf(run).filter((name) => !present.has(name));
  if (tensors.length > 0) return { kind: 'shortcuts', tensors };
  return budgetFault(branchState(state, run), run);
}

/** What the branch does not take over; empty if it takes over everything. */
export function branchNotes(state: CheckpointState, run: RunConfig): readonly BranchNote[] {
  const { run: before } = state;
  const after = branchState(state, run);
  const notes: BranchNote[] = [];
  const [was, is] = [before.optimizer.type, run.optimizer.type];
  if (was !== is) notes.push({ kind: 'optimizer', was, is });
  if (hasOtherWarmUp(before, run)) notes.push({ kind: 'warmUp' });
  const because = batchSettings.filter((key) => !sameSettings(before[key], run[key]));
  if (because.length > 0) notes.push({ kind: 'batches', because });
  if (state.epoch !== after.epoch) notes.push({ kind: 'epochs', was: state.epoch, is: after.epoch });
  if (!sameSettings(buildGraph(before.model), buildGraph(run.model))) notes.push({ kind: 'statistics' });
  const kept = new Set(weightsOf(run));
  const tensors = weightsOf(before).filter((name) => !kept.has(name));
  if (tensors.length > 0) notes.push({ kind: 'unused', tensors });
  if (state.isEvaluationDue && !after.isEvaluationDue) notes.push({ kind: 'evaluation' });
  return notes;
}

/** The moment of `checkpoint` as one of `run`: the same one if nothing is changed. Throws {@link BranchError}. */
export function branchCheckpoint(checkpoint: Checkpoint, run: RunConfig): Checkpoint {
  const { state, tensors } = checkpoint;
  const fault = branchFault(state, run);
  if (fault) throw new BranchError(fault);
  if (sameSettings(state.run, run)) return checkpoint;
  const graph = buildGraph(run.model);
  const isNewOptimizer = state.run.optimizer.type !== run.optimizer.type;
  const branched = new Map<string, HostTensor>();
  for (const { name, array, named } of checkpointTensors(graph, layoutOf(graph), run.optimizer.type)) {
    const size = named.shape.reduce((product, n) => product * n, 1);
    const anew = { shape: named.shape, values: new Float32Array(size) };
    const isMemory = typeof array === 'number';
    branched.set(name, isMemory && isNewOptimizer ? anew : tensors.get(name)!);
  }
  return { state: branchState(state, run), tensors: branched };
}

/** The file of a moment as one of `run`. Rejects with {@link BranchError}, or with CheckpointError where it is damaged. */
export const branchFile = async (file: ArrayBuffer, run: RunConfig): Promise<ArrayBuffer> =>
  encodeCheckpoint(branchCheckpoint(await decodeCheckpoint(file), run));

function branchState(state: CheckpointState, run: RunConfig): CheckpointState {
  const { run: before, step } = state;
  const { every } = run.evaluation;
  return {
    ...state,
    run,
    optimizerSteps: before.optimizer.type === run.optimizer.type ? state.optimizerSteps : 0,
    warmedUp: hasOtherWarmUp(before, run) ? false : isWarmUpAbsent(run) || state.warmedUp,
    epoch:
      before.batchSize === run.batchSize ? state.epoch : (state.epoch * run.batchSize) / before.batchSize,
    isEvaluationDue: state.isEvaluationDue && every > 0 && step % every === 0,
  };
}

const isWarmUpAbsent = (run: RunConfig) => run.schedule.warmUp === undefined;
const hasOtherWarmUp = (before: RunConfig, run: RunConfig) =>
  !isWarmUpAbsent(run) && !sameSettings(before.schedule.warmUp, run.schedule.warmUp);

function budgetFault(state: CheckpointState, run: RunConfig): BranchFault | null {
  const { steps, epochs, minutes } = run;
  if (steps !== undefined) {
    return state.step < steps ? null : { kind: 'budget', unit: 'steps', spent: state.step };
  }
  if (epochs !== undefined) {
    return state.epoch < epochs ? null : { kind: 'budget', unit: 'epochs', spent: state.epoch };
  }
  const spent = state.trainingSeconds / 60;
  return spent < (minutes ?? 0) ? null : { kind: 'budget', unit: 'minutes', spent };
}

/** The names of a net's weights and running statistics. */
function weightsOf({ model, optimizer }: RunConfig): readonly string[] {
  const graph = buildGraph(model);
  const tensors = checkpointTensors(graph, layoutOf(graph), optimizer.type);
  return tensors.flatMap(({ name, array }) => (typeof array === 'number' ? [] : [name]));
}
