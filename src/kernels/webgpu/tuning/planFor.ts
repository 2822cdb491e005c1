import { ConvTuner } from './convTuner.ts';
import { type ConvPlan, hardwarePlan, softwarePlan } from './convPlan.ts';
import { gpuVariants } from './convVariant.ts';
import { measureVariants } from './measureVariants.ts';
import type { WebGpu } from '../runtime/startWebGpu.ts';
import type { TuningMemory } from './tuningMemory.ts';

export interface Tuning {
  readonly memory: TuningMemory;
  /** Seconds since some fixed moment. */
  readonly seconds: () => number;
}

/** The plan for an adapter of its kind. A GPU's is fixed without `tuning`: lanes could not agree on what they measure. */
export function planFor({ backend, adapter, software, quads }: WebGpu, tuning?: Tuning): ConvPlan {
  if (software) return softwarePlan(quads);
  if (!tuning) return hardwarePlan;
  const { memory, seconds } = tuning;
  const { maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup, maxBufferSize } =
    backend.device.limits;
  // Adapters of one name may differ, and browsers often tell no more than an architecture.
  const limits = [maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup, maxBufferSize];
  return new ConvTuner({
    adapter: `${adapter}, limits ${limits.join(' ')}`,
    variants: gpuVariants,
    measure: (of, variants) => measureVariants(backend, of, variants, seconds),
    memory,
    seconds,
  });
}
