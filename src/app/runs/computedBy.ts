import { settingsKey } from '../../model/sameSettings.ts';
import type { Provenance } from '../../protocol/protocol.ts';
import type { Run } from '../state/run.ts';

/** Runs that the same kernels computed, in the same browser. */
export interface ComputedBy {
  readonly provenance: Provenance;
  readonly names: readonly string[];
}

/** What computed the runs, in their order; those of which it is not known are left out. */
export function computedBy(runs: readonly Pick<Run, 'name' | 'provenance'>[]): readonly ComputedBy[] {
  const groups = new Map<string, { provenance: Provenance; names: string[] }>();
  for (const { name, provenance } of runs) {
    if (!provenance) continue;
    const { backend, kernels, threads, adapter, precision, browser } = provenance;
    const key = settingsKey([backend, kernels, threads, adapter, precision, browser]);
    const group = groups.get(key) ?? { provenance, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}
