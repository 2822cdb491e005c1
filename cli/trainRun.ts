/** Trains one run in this process, or goes on with one: JSON lines on stdout, progress on stderr, all that is kept in a folder. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Tensor } from '@tensorflow/tfjs-core';
import { checkpointDevice, deviceDifference } from '../src/model/checkpointDevice.ts';
import { systemClock } from '../src/model/clock.ts';
import type { RunConfig } from '../src/model/config.ts';
import { modelName } from '../src/model/families.ts';
import type { Precision } from '../src/model/precision.ts';
import type { RunEvent } from '../src/protocol/events.ts';
import type { Keeping } from '../src/training/keeping.ts';
import { Session } from '../src/training/session.ts';
import { CommandError, UsageError } from './commandError.ts';
import type { Interruption } from './interruption.ts';
import { Keeper } from './keeper.ts';
import { openLane } from './node/openLane.ts';
import type { NodeBackend } from './node/nodeBackends.ts';
import { openNodeOps } from './node/nodeDevice.ts';
import { deviceText, originHere } from './origin.ts';
import type { OutFolder } from './outFolder.ts';
import type { Resumable } from './resumable.ts';
import { linesOf, wordsOf } from './trainingReport.ts';

export interface Task {
  readonly run: RunConfig;
  readonly backend: NodeBackend;
  readonly threads: number;
  readonly precision: Precision;
  /** The dataset's folder; the project's own if absent. */
  readonly data: string | undefined;
  /** Safetensors to start from. */
  readonly weights?: ArrayBuffer;
  readonly out: OutFolder | null;
  /** Steps between checkpoints in `out`; null keeps none. */
  readonly checkpointEvery: number | null;
  /** What `out` holds, to go on with. */
  readonly resumable?: Resumable;
  /** Whether it may go on where other kernels than before compute. */
  readonly mayDiffer?: boolean;
}

/** Trains until the budget is spent or `interruption` is due; sets the process's exit status. `task.out` is released. */
export async function trainRun(task: Task, interruption: Interruption): Promise<void> {
  const { run, backend, threads, precision, out, resumable } = task;
  const checkpoint = resumable?.checkpoint;
  try {
    const source = await openLane(run, task.data, checkpoint?.state.step);
    const ops = await openNodeOps(backend, { threads, precision });
    const device =
      precision === 'f32' ? deviceText(ops) : `${deviceText(ops)} (activations stored in 16 bits)`;
    const difference = checkpoint && deviceDifference(checkpoint.state.device, checkpointDevice(ops));
    if (difference && !task.mayDiffer) {
      throw new UsageError(
        `another device than before would compute (${difference}), and give other bits: ` +
          `give --backend ${backend} to go on all the same`,
      );
    }
    const ending = { failed: false };
    const emit = (event: RunEvent) => {
      for (const line of linesOf(event)) process.stdout.write(`${JSON.stringify(line)}\n`);
      keeper?.take(event);
      const words = wordsOf(event);
      if (words !== null) console.error(words);
      if (event.kind === 'state' && event.state === 'failed') ending.failed = true;
    };
    const keeping: Keeping = {
      due: (step) => keeper?.due(step) ?? null,
      keep: async (why) => keeper?.keep(why),
      settled: async () => keeper?.settled(),
    };
    const session: Session<Tensor> = new Session({
      run,
      ops,
      source,
      emit,
      clock: systemClock,
      breathe: () => turn(),
      gradientNorms: true,
      ...(task.weights ? { weights: task.weights } : {}),
      ...(checkpoint ? { checkpoint } : {}),
      keeping,
    });
    const keeper: Keeper | null =
      out &&
      new Keeper(out, session, {
        checkpointEvery: task.checkpointEvery,
        warn: (text) => console.error(text),
      });
    if (interruption.due) return;
    if (out) await (resumable ? goOn(task, out, resumable, device) : begin(task, out, device));
    if (resumable) await keeper?.goOn(resumable.told.evaluation);
    const from = checkpoint ? `, from step ${checkpoint.state.step}` : '';
    console.error(`${modelName(run.model)}, ${session.parameters} parameters, on ${device}${from}`);
    if (difference) console.error(`another device than before computes (${difference}): its bits may differ`);
    const training = session.start();
    interruption.onDue(() => session.stop());
    await training;

    if (ending.failed) process.exitCode ??= 1;
    const saved = keeper ? await keeper.finish(interruption.signal) : 'nothing is saved: no --out was given';
    const stopped = interruption.signal ? `${interruption.signal} after step ${session.stepsTaken}: ` : '';
    if (keeper || interruption.signal) console.error(`${stopped}${saved}`);
    session.dispose();
  } catch (error) {
    // The status of a signal stays: what could not be saved is said.
    if (interruption.signal === null || !(error instanceof CommandError)) throw error;
    console.error(error.message);
  } finally {
    await out?.release();
  }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const begin = ({ run, checkpointEvery }: Task, out: OutFolder, device: string): Promise<void> =>
  out.begin({
    'config.json': json(run),
    'run.json': json({ ...originHere(device), ...(checkpointEvery === null ? {} : { checkpointEvery }) }),
  });

async function goOn(
  { checkpointEvery }: Task,
  out: OutFolder,
  from: Resumable,
  device: string,
): Promise<void> {
  const { origin, told, checkpoint } = from;
  const { step } = checkpoint.state;
  const here = originHere(device);
  if (here.commit !== origin.commit) {
    console.error(`begun by commit ${origin.commit}, gone on with by ${here.commit}`);
  }
  const resumed = [...(origin.resumed ?? []), { step, ...here }];
  const every = checkpointEvery === null ? {} : { checkpointEvery };
  await out.goOn(step, told.bytes, { 'run.json': json({ ...origin, ...every, resumed }) });
}
