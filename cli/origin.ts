/** What run.json says: what trained, with which program, on which day. A recording tells it (record.ts). */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import * as v from 'valibot';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { MOST_STEPS, wholeFrom } from '../src/model/bounds.ts';

const trainedSchema = v.object({ commit: v.string(), date: v.string(), device: v.string() });
const step = wholeFrom(0, MOST_STEPS);
export const originSchema = v.object({
  ...trainedSchema.entries,
  /** Steps between checkpoints; absent where none are kept. */
  checkpointEvery: v.optional(step),
  /** Each time that the run was gone on with: after which step, and by what. */
  resumed: v.optional(v.array(v.object({ step, ...trainedSchema.entries }))),
});
export type Origin = v.InferOutput<typeof originSchema>;

/** What computes: "wasm", or "webgpu (nvidia ...)" where there is more to tell. */
export const deviceText = ({ name, build }: Pick<TrainingOps<never>, 'name' | 'build'>): string =>
  build.adapter === '' ? name : `${name} (${build.adapter})`;

/** This program, on `device`, now. */
export function originHere(device: string): v.InferOutput<typeof trainedSchema> {
  // Null where there is no git.
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout as string | null;
  const changed = git('status', '--porcelain', '--untracked-files=no')?.trim() === '' ? '' : ' with changes';
  return {
    commit: `${git('rev-parse', '--short', 'HEAD')?.trim() || 'unknown'}${changed}`,
    date: new Date(performance.timeOrigin).toISOString().slice(0, 10),
    device: `${device} in Node ${process.version} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`,
  };
}
