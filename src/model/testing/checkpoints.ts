/** Checkpoints for tests: of a small net, with numbers that are none of a real training. */
import { checkpointTensors, type Checkpoint, type CheckpointState } from '../checkpoint.ts';
import { parseRun } from '../config.ts';
import { buildGraph } from '../graph.ts';
import { layoutOf } from '../parameters.ts';
import { createRandom } from '../random.ts';
import { encodeSafetensors, type HostTensor } from '../safetensors.ts';
import { sha256 } from '../sha256.ts';

export const device = {
  backend: 'wasm',
  precision: 'f32',
  kernels: 'wasm-simd',
  threads: 1,
  adapter: '',
};

/** After three steps, with `changes`, of a run with `config`. */
export function checkpointOf(
  changes: Partial<CheckpointState> = {},
  config: object = {},
): Checkpoint & { readonly tensors: Map<string, HostTensor> } {
  const run = parseRun({ model: { depth: 8, width: 2 }, steps: 100, ...config });
  const graph = buildGraph(run.model);
  const random = createRandom('checkpoint');
  const tensors = checkpointTensors(graph, layoutOf(graph), run.optimizer.type).map(
    ({ name, named: { shape } }) => {
      const size = shape.reduce((product, n) => product * n, 1);
      return [name, { shape, values: Float32Array.from({ length: size }, random.uniform) }] as const;
    },
  );
  const state: CheckpointState = {
    run,
    device,
    step: 3,
    epoch: 0.0123,
    trainingSeconds: 1.25,
    idleSeconds: 0.5,
    optimizerSteps: 3,
    warmedUp: true,
    recentErrors: [0.5, Math.fround(0.1), 1],
    isEvaluationDue: false,
    lossHash: 0xffffffff,
    ...changes,
  };
  return { state, tensors: new Map(tensors) };
}

/** A file whose state and tensors are what they are, with the digest that it should have. */
export async function checkpointFile(
  state: unknown,
  tensors: ReadonlyMap<string, HostTensor>,
  version: object = { checkpointVersion: '1' },
): Promise<ArrayBuffer> {
  const blank = '0'.repeat(64);
  const json = typeof state === 'string' ? state : JSON.stringify(state);
  const metadata = (digest: string) => ({ sha256: digest, ...version, checkpoint: json });
  const digest = await sha256(new Uint8Array(encodeSafetensors(tensors, metadata(blank))));
  return encodeSafetensors(tensors, metadata(digest));
}
