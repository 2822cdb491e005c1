import type { ConvCase } from './convTuner.ts';
import type { ConvVariant, ConvWork } from './convVariant.ts';
import type { GpuBackend } from '../runtime/gpuBackend.ts';
import type { Storage } from '../wgsl/storage.ts';
import { sumParts } from '../small/sumParts.ts';
import { type KernelRun, timeKernels } from './timeKernels.ts';

/** A round runs a variant for about this long: much less would measure the clock. */
const ROUND_SECONDS = 0.003;
const ROUNDS = 2;
const MAX_REPEATS = 100;

/** A variant that takes so much longer than the best in its first round is out of the race. */
const HOPELESS = 2;

/**
 * Seconds for one run of each variant on tensors of zeros, the best of some rounds; infinite for those that the device
 * refuses. Variants take turns, so that a device that speeds up or grows hot does so for all.
 */
export async function measureVariants(
  backend: GpuBackend,
  of: ConvCase,
  variants: readonly ConvVariant[],
  seconds: () => number,
): Promise<readonly number[]> {
  const works = variants.map((variant) => variant.work(of.shape, of.batch));
  const compiled = await Promise.allSettled(works.map(({ kernel }) => backend.compile(kernel)));
  const inputs = inputMaps(of).map(({ shape, storage }) => backend.empty(shape, storage));
  const racers = works.map((work) => createRacer(backend, of, work, inputs));
  const time = (i: number, repeats: number) => timeKernels(backend, racers[i]!.runs, repeats, seconds);
  const best = works.map(() => Infinity);
  try {
    for (const i of best.keys()) {
      if (compiled[i]!.status === 'rejected') continue;
      await time(i, 1); // the first touches memory, and may compile the sum
      best[i] = await time(i, 1);
    }
    const limit = HOPELESS * Math.min(...best);
    const contenders = [...best.keys()].filter((i) => best[i]! <= limit);
    for (let round = 0; round < ROUNDS; round++) {
      for (const i of contenders) {
        const repeats = Math.max(1, Math.min(MAX_REPEATS, Math.round(ROUND_SECONDS / best[i]!)));
        best[i] = Math.min(best[i]!, await time(i, repeats));
      }
    }
  } finally {
    [...inputs, ...racers.flatMap(({ outputs }) => outputs)].forEach((tensor) => tensor.dispose());
  }
  return best;
}

/** What a variant runs: the kernel and, where its result comes in parts, their sum. */
function createRacer(
  backend: GpuBackend,
  of: ConvCase,
  { kernel, parts }: ConvWork,
  inputs: ReturnType<GpuBackend['empty']>[],
) {
  const { shape, storage } = outputMap(of);
  if (parts === 1) {
    const output = backend.empty(shape, storage);
    return { outputs: [output], runs: [{ kernel, operands: { outputs: [output], inputs } }] };
  }
  const [partial, sum] = [backend.empty([parts, ...shape]), backend.empty(shape)];
  const runs: KernelRun[] = [
    { kernel, operands: { outputs: [partial], inputs } },
    { kernel: sumParts(sum.size, true), operands: { outputs: [sum], inputs: [partial] } },
  ];
  return { outputs: [partial, sum], runs };
}

interface StoredMap {
  readonly shape: readonly number[];
  readonly storage?: Storage;
}

function mapsOf({ shape, batch }: ConvCase) {
  const { height, width, inChannels, outHeight, outWidth, outChannels, kernel } = shape;
  return {
    x: { shape: [batch, height, width, inChannels], storage: shape.x },
    y: { shape: [batch, outHeight, outWidth, outChannels], storage: shape.y },
    filter: { shape: [kernel, kernel, inChannels, outChannels] },
  };
}

// What stands for dx and dy is stored in f32, as shape.x and shape.y of those cases are.
function inputMaps(of: ConvCase): readonly StoredMap[] {
  const { x, y, filter } = mapsOf(of);
  return { forward: [x, filter], inputGradient: [y, filter], filterGradient: [x, y] }[of.role];
}

function outputMap(of: ConvCase): StoredMap {
  const { x, y, filter } = mapsOf(of);
  return { forward: y, inputGradient: x, filterGradient: filter }[of.role];
}
