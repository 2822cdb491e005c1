/**
 * What a net would say if it stopped at a block: by its own last layer where that fits (early exits; nostalgebraist 2020, the "logit
 * lens"), and by a linear probe everywhere (Alain and Bengio 2016; here ridge regression on pooled features, in closed form).
 */
import { answersOf } from '../../insights/predictions.ts';
import { readLinearly, RidgeSums, type LinearReading } from '../../insights/ridge.ts';
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { INPUT, type LayerIndex } from '../../model/graph.ts';
import { PartialNetwork } from '../../training/partialNetwork.ts';
import { MOST_PROBED, PUSHED, RIDGE, testImages, type BlocksAnswer, type BlocksQuestion, type Push, type Stop } from './blocks.ts'; // prettier-ignore
import { pushesOf } from './computePushes.ts';
import { stopsOf, type NetStop } from './stops.ts';

/** Images in a pass: as an evaluation's. */
const BATCH = 100;

export function computeBlocks<T extends TensorLike>(
  look: Look<T>,
  { images }: BlocksQuestion,
): Promise<BlocksAnswer> {
  return computeOn(look, { train: images, test: testImages[images], pushed: PUSHED });
}

export interface ImageCounts {
  readonly train: number;
  readonly test: number;
  readonly pushed: number;
}

/** The same with so many images. */
export async function computeOn<T extends TensorLike>(
  look: Look<T>,
  asked: ImageCounts,
): Promise<BlocksAnswer> {
  const train = Math.min(asked.train, await look.images.count('train'));
  const test = Math.min(asked.test, await look.images.count('test'));
  const pushed = Math.min(asked.pushed, test);
  const nets = look.nets.map((net) => new StoppedNet(look, net));
  const total = nets.length * (train + test + pushed);
  let done = 0;

  for (let from = 0; from < train; from += BATCH) {
    for (const net of nets) {
      const { features, labels } = await featuresOf(look, net, 'train', from, Math.min(BATCH, train - from));
      net.fit(features, labels);
      look.tell((done += labels.length), total);
      await look.turn();
    }
  }
  for (const net of nets) {
    net.solve();
    await look.turn();
  }

  const answer = (judged: number): BlocksAnswer => ({
    fitted: train,
    judged,
    nets: nets.map((net) => net.result()),
  });
  let next = BATCH;
  for (let from = 0; from < test; from += BATCH) {
    const size = Math.min(BATCH, test - from);
    for (const net of nets) {
      const { features, labels } = await featuresOf(look, net, 'test', from, size);
      net.judge(features, labels);
      await look.turn();
    }
    done += nets.length * size;
    // Each time twice as many: what has come is seen early, and told seldom.
    const isSeen = from + size >= next || from + size === test;
    if (isSeen) next = 2 * (from + size);
    look.tell(done, total, isSeen ? answer(from + size) : undefined);
  }

  for (const net of nets) {
    net.pushes = await pushesOf(look, net.looked, pushed);
    look.tell((done += pushed), total, answer(test));
  }
  return answer(test);
}

interface Features {
  /** By stop `[images, channels]`. */
  readonly features: readonly ArrayLike<number>[];
  readonly labels: Uint8Array;
}

/** Pooled outputs at a net's stops, in evaluation. */
async function featuresOf<T extends TensorLike>(
  { ops, images }: Look<T>,
  { looked, partial, stops }: StoppedNet<T>,
  split: 'train' | 'test',
  from: number,
  size: number,
): Promise<Features> {
  const batch = await images.batch(split, from, size, looked.normalisation);
  const reading: Promise<ArrayLike<number>>[] = [];
  let held = looked.upload(batch.images);
  let at: LayerIndex = INPUT;
  try {
    for (const { layer } of stops) {
      const next = partial.evaluate(looked.parameters, looked.statistics, held, { from: at, to: layer });
      ops.dispose(held);
      [held, at] = [next, layer];
      const pooled = ops.globalAveragePool(held);
      reading.push(ops.download(pooled).finally(() => ops.dispose(pooled)));
    }
    return { features: await Promise.all(reading), labels: batch.labels };
  } finally {
    ops.dispose(held);
    await Promise.allSettled(reading);
  }
}

/** A net, its stops, and what they say. */
class StoppedNet<T extends TensorLike> {
  readonly stops: readonly NetStop[];
  readonly partial: PartialNetwork<T>;
  readonly #exit: LinearReading | null;
  readonly #readings: readonly StopReading[];
  #judged = 0;
  pushes: readonly (Push | null)[];

  constructor(
    { ops }: Look<T>,
    readonly looked: LookedNet<T>,
  ) {
    this.partial = new PartialNetwork(ops, looked.graph, looked.layout);
    this.stops = stopsOf(looked.graph);
    this.#exit = this.stops.some(({ canExit }) => canExit) ? lastLayerOf(looked) : null;
    this.#readings = this.stops.map(({ channels }) => ({
      sums: channels <= MOST_PROBED ? new RidgeSums(channels, looked.graph.classes) : null,
      probe: null,
      probed: { wrong: 0, moved: 0 },
      exited: { wrong: 0, moved: 0 },
    }));
    this.pushes = this.stops.slice(1).map(() => null);
  }

  fit(features: readonly ArrayLike<number>[], labels: Uint8Array): void {
    this.#readings.forEach(({ sums }, i) => sums?.add(features[i]!, labels));
  }

  solve(): void {
    for (const reading of this.#readings) {
      reading.probe = reading.sums?.solve(RIDGE) ?? null;
      reading.sums = null;
    }
  }

  judge(features: readonly ArrayLike<number>[], labels: Uint8Array): void {
    const { classes } = this.looked.graph;
    let before: Answered = { probe: null, exit: null };
    this.#readings.forEach((reading, i) => {
      const answers = (by: LinearReading | null) =>
        by && answersOf(readLinearly(by, features[i]!), classes).classes;
      const here = {
        probe: answers(reading.probe),
        exit: this.stops[i]!.canExit ? answers(this.#exit) : null,
      };
      count(reading.probed, here.probe, before.probe, labels);
      count(reading.exited, here.exit, before.exit, labels);
      before = here;
    });
    this.#judged += labels.length;
  }

  result(): BlocksAnswer['nets'][number] {
    const share = (counted: number) => counted / this.#judged;
    return {
      stops: this.#readings.map(({ probe, probed, exited }, i): Stop => {
        const [stop, before] = [this.stops[i]!, this.stops[i - 1]];
        const isProbed = probe !== null;
        return {
          probe: isProbed ? share(probed.wrong) : null,
          exit: stop.canExit ? share(exited.wrong) : null,
          probeMoved: isProbed && this.#readings[i - 1]?.probe ? share(probed.moved) : null,
          exitMoved: stop.canExit && before?.canExit ? share(exited.moved) : null,
        };
      }),
      pushes: [...this.pushes],
    };
  }
}

interface StopReading {
  sums: RidgeSums | null;
  probe: LinearReading | null;
  readonly probed: { wrong: number; moved: number };
  readonly exited: { wrong: number; moved: number };
}

interface Answered {
  readonly probe: Uint8Array | null;
  readonly exit: Uint8Array | null;
}

function count(
  tally: { wrong: number; moved: number },
  here: Uint8Array | null,
  before: Uint8Array | null,
  labels: Uint8Array,
): void {
  here?.forEach((answer, n) => {
    tally.wrong += Number(answer !== labels[n]);
    if (before) tally.moved += Number(answer !== before[n]);
  });
}

/** The net's last layer, which stops.ts has found to be a dense one. */
function lastLayerOf({ graph, layout, weights }: LookedNet<TensorLike>): LinearReading {
  const at = graph.layers.length - 1;
  const numbers = (role: 'matrix' | 'bias') => {
    const { offset, size } = layout.trainable.find((slot) => slot.layer === at && slot.role === role)!;
    return Float64Array.from(weights.parameters.subarray(offset, offset + size));
  };
  const [matrix, bias] = [numbers('matrix'), numbers('bias')];
  return { inputs: matrix.length / bias.length, classes: bias.length, matrix, bias };
}
