/** The composed operations on a backend that runs in Node. One backend a process: vitest's forks. */
import type { Tensor } from '@tensorflow/tfjs-core';
import { createComposedOps } from '../src/kernels/composed/composedOps.ts';
import type { TrainingOps } from '../src/kernels/ops.ts';
import type { NodeBackend } from '../cli/node/nodeBackends.ts';
import { startNodeBackend } from '../cli/node/nodeDevice.ts';

export async function createNodeOps(backend: NodeBackend): Promise<TrainingOps<Tensor>> {
  await startNodeBackend(backend);
  return createComposedOps(backend);
}
