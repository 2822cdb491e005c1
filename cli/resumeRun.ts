import type { CheckpointDevice } from '../src/model/checkpointDevice.ts';
import { UsageError } from './commandError.ts';
import type { Interruption } from './interruption.ts';
import { nodeBackends, type NodeBackend } from './node/nodeBackends.ts';
import { readBackend, readPrecision, readThreads } from './options.ts';
import { OutFolder } from './outFolder.ts';
import { readResumable, type Resumable } from './resumable.ts';
import { trainRun } from './trainRun.ts';

export interface ResumeOptions {
  /** As they are given on the command line; those of the run if absent. */
  readonly backend?: string | undefined;
  readonly threads?: string | undefined;
  readonly precision?: string | undefined;
  readonly data?: string | undefined;
  /** Steps between checkpoints; null is as before. */
  readonly checkpointEvery: number | null;
}

/** Goes on with the run in `folder`, as {@link trainRun}. Throws CommandError if it cannot; then the folder is as it was. */
export async function resumeRun(
  folder: string,
  options: ResumeOptions,
  interruption: Interruption,
): Promise<void> {
  const out = await OutFolder.reopen(folder, (text) => console.error(text));
  let resumable: Resumable;
  let device: ReturnType<typeof deviceOf>;
  try {
    resumable = await readResumable(folder);
    device = deviceOf(resumable.checkpoint.state.device, options);
  } catch (error) {
    await out.release();
    throw error;
  }
  await trainRun(
    {
      run: resumable.checkpoint.state.run,
      ...device,
      data: options.data,
      out,
      checkpointEvery: options.checkpointEvery ?? resumable.origin.checkpointEvery ?? null,
      resumable,
      mayDiffer: [options.backend, options.threads, options.precision].some((given) => given !== undefined),
    },
    interruption,
  );
}

/** What is to compute: what computed before, where nothing else is asked for. */
function deviceOf(before: CheckpointDevice, { backend: asked, threads, precision }: ResumeOptions) {
  const backend = asked === undefined ? sameBackend(before.backend) : readBackend(asked);
  const isSame = backend === before.backend;
  return {
    backend,
    threads: readThreads(threads ?? (isSame ? String(before.threads) : undefined), backend),
    precision:
      precision === undefined && isSame && before.precision === 'f16-storage'
        ? ('f16-storage' as const)
        : readPrecision(precision, backend),
  };
}

function sameBackend(name: string): NodeBackend {
  const backend = nodeBackends.find((each) => each === name);
  if (backend) return backend;
  throw new UsageError(
    `the run was trained on ${name}, which is not here: give --backend ${nodeBackends.join('|')} to go on with other bits`,
  );
}
