/** Sessions for tests: on random images, with a clock of their own, their events kept. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { BatchSource, TrainingBatch } from '../../protocol/source.ts';
import type { TrainingOps } from '../../kernels/ops.ts';
import { parseRun } from '../../model/config.ts';
import { createRandom } from '../../model/random.ts';
import type {
  EvaluationEvent,
  GradientNormsEvent,
  RunEvent,
  StateEvent,
  StepsEvent,
} from '../../protocol/events.ts';
import type { TakeTurn } from '../firstTurn.ts';
import { Session } from '../session.ts';

const SIZE = 4;

/** Random images; the hooks let a test act before a batch is given, and break one. */
export function sourceOf(hooks: { before?: (index: number) => void; spoil?: number } = {}) {
  const calls = { next: 0, left: false };
  const imagesOf = (name: string) => {
    const random = createRandom(name);
    return {
      images: Float32Array.from({ length: SIZE * 3072 }, random.normal),
      labels: Uint8Array.from({ length: SIZE }, () => random.integer(10)),
      size: SIZE,
    };
  };
  const source: BatchSource = {
    trainingImages: 40,
    testImages: 8,
    next(): Promise<TrainingBatch> {
      const index = calls.next++;
      hooks.before?.(index);
      if (calls.left) return Promise.reject(new Error('left'));
      const batch = imagesOf(`batch ${index}`);
      if (hooks.spoil === index) batch.images[5] = NaN;
      return Promise.resolve({ ...batch, index, epoch: 0, epochAfter: ((index + 1) * SIZE) / 40 });
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what the interface asks for
    async *evaluation(images) {
      for (let from = 0; from < images; from += SIZE) yield imagesOf(`test ${from}`);
    },
    leave: () => {
      calls.left = true;
    },
  };
  return { source, calls };
}

export function sessionOf(
  ops: TrainingOps<Tensor>,
  config: object,
  source: BatchSource,
  prepare?: TrainingOps<Tensor>['prepare'],
  takeTurn?: TakeTurn,
  seconds?: () => number,
) {
  const events: RunEvent[] = [];
  let now = 0;
  const session = new Session({
    run: parseRun({ model: { depth: 8, width: 2, block: 'plain' }, batchSize: SIZE, steps: 5, ...config }),
    ops: prepare ? { ...ops, prepare } : ops,
    source,
    emit: (event) => events.push(event),
    clock: { seconds: seconds ?? (() => (now += 0.01)) },
    gradientNorms: true,
    ...(takeTurn && { takeTurn }),
  });
  const of = <K extends RunEvent['kind']>(kind: K) =>
    events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
  const steps = (): StepsEvent[] => of('steps');
  return {
    session,
    events,
    steps,
    losses: () => steps().flatMap(({ loss }) => [...loss]),
    states: (): StateEvent[] => of('state'),
    evaluations: (): EvaluationEvent[] => of('evaluation'),
    norms: (): GradientNormsEvent[] => of('gradientNorms'),
  };
}
