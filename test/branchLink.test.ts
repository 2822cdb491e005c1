/** A link that says that a lane is another lane at some step: opened and trained on the page, it is what a person's hand makes of it. */
import { beforeAll, expect, it, vi } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs-core';
import { openNodeOps } from '../cli/node/nodeDevice.ts';
import { createExperimentClient } from '../src/client/client.ts';
import type { TrainWorkerPool } from '../src/client/trainWorkerPool.ts';
import type { App } from '../src/app/state/App.ts';
import { ended } from '../src/app/session/ended.ts';
import { noKeeping, type RunKeeping } from '../src/app/state/keeping.ts';
import type { Run } from '../src/app/state/run.ts';
import { createApp } from '../src/app/store.ts';
import { createSmallDataset } from '../src/data/testing/smallDataset.ts';
import type { TrainingOps } from '../src/kernels/ops.ts';
import { branchFile } from '../src/model/branch.ts';
import { systemClock } from '../src/model/clock.ts';
import { encodeExperiment } from '../src/model/link.ts';
import { createDataHandler } from '../src/workers/data/dataHandler.ts';
import { createTrainHandler } from '../src/workers/train/trainHandler.ts';

let ops: TrainingOps<Tensor>;
beforeAll(async () => {
  vi.stubGlobal('navigator', { userAgent: 'Imagined/1', hardwareConcurrency: 4 });
  ops = await openNodeOps('wasm');
});
const small = await createSmallDataset();

/** What of a worker the client uses, with its handler on this thread. */
class HandlerWorker extends EventTarget {
  #isEnded = false;
  readonly #handle: (command: never) => void;
  constructor(create: (post: (message: unknown) => void) => (command: never) => void) {
    super();
    this.#handle = create((message) => {
      this.#soon(() => this.dispatchEvent(new MessageEvent('message', { data: message })));
    });
  }
  postMessage(command: unknown, transfer: Transferable[] = []): void {
    const own = structuredClone(command, { transfer });
    this.#soon(() => {
      this.#handle(own as never);
    });
  }
  #soon(work: () => void): void {
    queueMicrotask(() => {
      if (!this.#isEnded) work();
    });
  }
  terminate(): void {
    this.#isEnded = true;
  }
}

/** A page whose lanes train on this thread, and whose moments stay in memory. */
function page(): App {
  const files = new Map<string, ArrayBuffer>();
  const pool: Pick<TrainWorkerPool, 'take' | 'warm'> = {
    warm: () => undefined,
    take: () =>
      new HandlerWorker((post) =>
        createTrainHandler<Tensor>({
          post,
          openOps: () => Promise.resolve(ops),
          clock: systemClock,
          takeTurn: () => Promise.resolve(() => undefined),
        }),
      ) as unknown as Worker,
  };
  const keeping: RunKeeping = {
    ...noKeeping,
    keepCheckpoint(run, { file, ...moment }) {
      files.set(`${run} ${moment.step}`, file.slice(0));
      app.store.setState(({ moments }) => ({
        moments: new Map([
          ...moments,
          [
            run,
            [...(moments.get(run) ?? []).filter(({ step }) => step !== moment.step), { ...moment, bytes: 1 }],
          ],
        ]),
      }));
    },
    async checkpointOf(run, step, config) {
      const file = files.get(`${run} ${step}`);
      if (!file) throw new Error(`nothing is kept of ${run} at ${step}`);
      return config ? branchFile(file.slice(0), config) : file.slice(0);
    },
  };
  const app: App = createApp({
    client: createExperimentClient('https://host/data', pool as TrainWorkerPool, {
      spawnData: () => new HandlerWorker((post) => createDataHandler(post, small.fetch)) as unknown as Worker,
    }),
    chooseDevice: () =>
      Promise.resolve({ backend: 'wasm', threads: 1, hardware: '', software: true, reason: 'no-webgpu' }),
    scheduleUpdate: (callback) => setTimeout(callback, 5),
    describeDifference: () => '',
    firstOrdinal: 0,
    keeping,
    now: () => 42,
    preferences: { read: () => ({}), write: () => undefined },
  });
  return app;
}

async function trained(app: App, link: string): Promise<readonly Run[]> {
  expect(app.openLink(link)).toBe(true);
  await app.train();
  await ended(app.store);
  expect(app.store.getState().training.failure).toBeNull();
  return app.store.getState().training.runs;
}

const numbersOf = ({ loss, error, learningRate, epoch, evaluations, history, config, step }: Run) => ({
  loss: [...loss.values],
  error: [...error.values],
  learningRate: [...learningRate.values],
  epoch: [...epoch.values],
  evaluations: evaluations.map((one) => ({ ...one, seconds: 0 })),
  history: history.map((chapter) => ({ ...chapter, run: 'parent', name: 'parent' })),
  config,
  step,
});
const lastFile = async (app: App, { lane }: Run) => new Uint8Array((await app.exportWeights(lane)).file);

const parent = '#e=1p8x2;n12;b4;a;t5_5;x';

it.each([
  ['skips switched on', 'r8x2:1_7'],
  ['a tenth of the rate, at a step that is tested', 'p8x2!s0.01_0.9_0.0001:1_5'],
  ['another batch, seed and augmentation, and more steps', 'p8x2:1_7_n14_b3_s9_a1'],
  ['from the last step on', 'r8x2:1_12_n15'],
  ['from before the first step', 'r8x2:1_0'],
])('%s: opened from a link it equals the branch of a finished run, bit for bit', async (_, lane) => {
  const opened = page();
  const link = parent.replace('p8x2;', `p8x2,${lane};`);
  const [whole, branch] = await trained(opened, link);
  const completed = { reason: 'completed', divergedAt: null, failure: null };
  expect([whole!.end, branch!.end]).toEqual([completed, completed]);

  const byHand = page();
  // The parent alone: the ladder keeps its steps 0, 5 and 10 and its end; for another step it is cut short there.
  const [alone] = await trained(byHand, parent);
  expect(numbersOf(whole!)).toEqual(numbersOf(alone!));
  const { step } = branch!.history[0]!;
  if (
    !byHand.store
      .getState()
      .moments.get(alone!.id)
      ?.some((moment) => moment.step === step)
  ) {
    byHand.store.setState({ moments: new Map() });
    const short = parent.replace('n12', `n${step}`);
    await trained(byHand, short);
  }
  const from = byHand.store.getState().training.runs[0]!;
  await byHand.branchRun(from.id, step, branch!.config!, 'by hand');
  await ended(byHand.store);
  const made = byHand.store.getState().training.runs.find(({ history }) => history.length > 0)!;
  const { history: _own, ...numbers } = numbersOf(made);
  const { history: _opened, ...expected } = numbersOf(branch!);
  // The run that was cut short was tested once more, at its end.
  expect({ ...numbers, evaluations: numbers.evaluations.slice(-1) }).toEqual({
    ...expected,
    evaluations: expected.evaluations.slice(-1),
  });
  expect(await lastFile(byHand, made)).toEqual(await lastFile(opened, branch!));
  // What stands in the form now is a link that trains the very same.
  if (alone === from) {
    const again = page();
    const next = encodeExperiment(byHand.store.getState().training.experiment!);
    const [, branchAgain] = await trained(again, `#${next}`);
    expect(numbersOf(branchAgain!)).toEqual(numbersOf(branch!));
  }
});

it('what is done stays: a branch of a finished lane begins at its kept moment, and the lane is not trained again', async () => {
  const app = page();
  await trained(app, parent);
  const [before] = app.store.getState().training.runs;
  expect(app.openLink('#e=1p8x2,r8x2:1_5;n12;b4;a;t5_5;x')).toBe(true);
  await app.trainNew();
  await ended(app.store);
  const [first, branch] = app.store.getState().training.runs;
  expect(first!.id).toBe(before!.id);
  expect(branch).toMatchObject({ step: 12, end: { reason: 'completed' } });
  // And now nothing is new.
  await app.trainNew();
  expect(app.store.getState().training.runs).toEqual([first, branch]);
  // At a step that is not kept the lane is trained once more.
  expect(app.openLink('#e=1p8x2,r8x2:1_7;n12;b4;a;t5_5;x')).toBe(true);
  await app.trainNew();
  await ended(app.store);
  const [again, later] = app.store.getState().training.runs;
  expect(again!.id).not.toBe(before!.id);
  expect([...again!.loss.values]).toEqual([...before!.loss.values]);
  expect(later).toMatchObject({ step: 12, end: { reason: 'completed' } });
});

it('a chain of branches begins one after the other', async () => {
  const app = page();
  const runs = await trained(app, '#e=1p8x2,r8x2:1_3,p8x2:2_7;n12;b4;a;t5_5;x');
  expect(runs.map(({ step, history }) => [step, history.map((chapter) => chapter.step)])).toEqual([
    [12, []],
    [12, [3]],
    [12, [3, 7]],
  ]);
  expect([...runs[2]!.loss.values.slice(0, 7)]).toEqual([...runs[1]!.loss.values.slice(0, 7)]);
  expect([...runs[1]!.loss.values.slice(0, 3)]).toEqual([...runs[0]!.loss.values.slice(0, 3)]);
});

it('stopped before its step, a lane takes those that wait for it along', async () => {
  const app = page();
  expect(app.openLink('#e=1p8x2,r8x2:1_900;n1000;b4;a;x')).toBe(true);
  await app.train();
  expect(app.store.getState().training.runs.map(({ state }) => state)).toEqual(['waiting', 'queued']);
  app.stop();
  await ended(app.store);
  const runs = app.store.getState().training.runs;
  expect(runs.map(({ end }) => end?.reason)).toEqual(['stopped', 'stopped']);
  expect(runs[1]!.step).toBe(0);
});
