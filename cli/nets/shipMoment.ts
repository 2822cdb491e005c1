/** One moment of a run as it comes with the page: its numbers in F16, and what that costs. */
import type { TensorLike, TrainingOps } from '../../src/kernels/ops.ts';
import type { RunConfig } from '../../src/model/config.ts';
import { halvesOf } from '../../src/model/floatKinds.ts';
import { buildGraph } from '../../src/model/graph.ts';
import { readNetWeights } from '../../src/model/netWeights.ts';
import { layoutOf } from '../../src/model/parameters.ts';
import { encodeRawTensors, type RawTensor } from '../../src/model/safetensors.ts';
import { Trainer } from '../../src/training/trainer.ts';
import type { Batch } from '../../src/protocol/source.ts';
import { CommandError } from '../commandError.ts';

/**
 * The file with filters and matrices in F16. Batch norm's numbers, which are few, stay in F32: a plain net's running variances go beyond F16 (744,284
 * in plain-56 after 750 steps). Throws {@link CommandError} for a filter's number that is beyond F16, WeightsError as readNetWeights.
 */
export function inHalves(model: RunConfig['model'], weights: ArrayBuffer, what: string): ArrayBuffer {
  const graph = buildGraph(model);
  const tensors = new Map<string, RawTensor>();
  for (const [name, { shape, values }] of readNetWeights(graph, layoutOf(graph), weights).tensors) {
    if (shape.length === 1) {
      const { buffer, byteOffset, byteLength } = values;
      tensors.set(name, { dtype: 'F32', shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) });
      continue;
    }
    const halves = halvesOf(values);
    const beyond = halves.findIndex((bits) => (bits & 0x7c00) === 0x7c00);
    if (beyond >= 0) {
      throw new CommandError(`${what}: ${name} holds ${values[beyond]}, which is beyond F16 (65,504)`);
    }
    tensors.set(name, { dtype: 'F16', shape, bytes: new Uint8Array(halves.buffer) });
  }
  return encodeRawTensors(tensors, { format: 'pt' });
}

/** Share of a source's test images that the net of these weights classifies wrongly. Throws {@link CommandError} where it answers nothing. */
export async function errorOf<T extends TensorLike>(
  ops: TrainingOps<T>,
  run: RunConfig,
  weights: ArrayBuffer,
  images: AsyncIterable<Batch>,
): Promise<number> {
  const trainer = new Trainer(ops, run, weights);
  try {
    const score = await trainer.evaluate(images);
    if (score && Number.isFinite(score.loss)) return score.error;
    throw new CommandError('its loss on test images is not finite');
  } finally {
    trainer.dispose();
  }
}
