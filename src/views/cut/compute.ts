/**
 * Nets whose blocks are removed or exchanged after training. Sources: Veit, Wilber and Belongie 2016 (a block removed, several
 * removed, blocks reordered against Kendall's tau); what it measures of paths stands in computePaths.ts; He et al. 2016 (shortcuts scaled by a constant; there before training).
 */
import { EditedNets, type EstimatedStatistics } from '../../inside/editedNets.ts';
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import type { Batch } from '../../protocol/source.ts';
import { IMAGES, type CutAnswer, type CutAsked, type EditsAnswer, type EditsAsked } from './cut.ts';
import { computePaths } from './computePaths.ts';
import { planOf, unedited } from './plan.ts';

/** Images of a pass: what a look takes at once, and what one batch's statistics are of. */
const BATCH = 100;

export async function computeCut<T extends TensorLike>(look: Look<T>, asked: CutAsked): Promise<CutAnswer> {
  return asked.study === 'paths' ? computePaths(look) : lookAt(look, asked, IMAGES);
}

/** The same on so many test images and training images. */
export async function lookAt<T extends TensorLike>(
  look: Look<T>,
  asked: EditsAsked,
  images: number,
): Promise<EditsAnswer> {
  const plans = look.nets.map(({ graph }, i) => planOf(graph, asked, i));
  const isAgain = 'again' in asked && asked.again;
  // The net itself is the first of its edits.
  const counts = plans.map((plan) => plan.length + 1);
  const nets: EditedNets<T>[] = [];
  try {
    for (const [i, net] of look.nets.entries()) {
      const edits = [unedited(net.graph), ...plans[i]!.map(({ edit }) => edit)];
      nets.push(new EditedNets(look, net, edits));
    }
    const tests = batchesOf('test', await look.images.count('test'), images);
    const trainings = isAgain ? batchesOf('train', await look.images.count('train'), images) : [];
    const total = counts.reduce((sum, count) => sum + count, 0) * (tests.length * (isAgain ? 2 : 1) + trainings.length); // prettier-ignore

    let done = 0;
    const passed = () => look.tell(++done, total);
    const direct = new Tally(counts);
    const anew = new Tally(counts);
    const answer = (): EditsAnswer => ({
      kind: 'edits',
      images: direct.images,
      nets: plans.map((plan, net) => ({
        error: direct.share(net, 0)!,
        again: anew.share(net, 0),
        edits: plan.map(({ at }, i) => ({
          at,
          error: direct.share(net, i + 1)!,
          again: anew.share(net, i + 1),
        })),
      })),
    });
    const judge = async (tally: Tally, statistics?: readonly EstimatedStatistics[]) => {
      for (const part of tests) {
        for (const [i, net] of nets.entries()) {
          const batch = await batchOf(look, look.nets[i]!, part);
          tally.add(i, batch.size, await net.wrong(batch, passed, statistics?.[i]));
        }
        look.tell(done, total, answer());
      }
    };
    await judge(direct);
    if (isAgain) {
      const statistics: EstimatedStatistics[] = [];
      for (const [i, net] of nets.entries()) {
        statistics.push(await net.estimate(batchesFor(look, look.nets[i]!, trainings), passed));
      }
      await judge(anew, statistics);
    }
    return answer();
  } finally {
    for (const net of nets) net.dispose();
  }
}

/** How many images each edit of each net took for something else. */
class Tally {
  readonly #wrong: readonly number[][];
  readonly #images: number[];

  constructor(counts: readonly number[]) {
    this.#wrong = counts.map((count) => Array<number>(count).fill(0));
    this.#images = counts.map(() => 0);
  }

  add(net: number, images: number, wrong: readonly number[]): void {
    this.#images[net]! += images;
    wrong.forEach((count, i) => (this.#wrong[net]![i]! += count));
  }

  /** Null before there are any. */
  share(net: number, edit: number): number | null {
    const images = this.#images[net]!;
    return images === 0 ? null : this.#wrong[net]![edit]! / images;
  }

  get images(): number {
    return Math.min(...this.#images);
  }
}

interface Part {
  readonly split: 'train' | 'test';
  readonly from: number;
  readonly size: number;
}

const batchesOf = (split: Part['split'], there: number, images: number): readonly Part[] => {
  const all = Math.min(there, images);
  return Array.from({ length: Math.ceil(all / BATCH) }, (_, i) => ({
    split,
    from: i * BATCH,
    size: Math.min(BATCH, all - i * BATCH),
  }));
};

const batchOf = <T extends TensorLike>(
  { images }: Look<T>,
  { normalisation }: LookedNet<T>,
  { split, from, size }: Part,
): Promise<Batch> => images.batch(split, from, size, normalisation);

async function* batchesFor<T extends TensorLike>(
  look: Look<T>,
  net: LookedNet<T>,
  parts: readonly Part[],
): AsyncGenerator<Batch> {
  for (const part of parts) yield await batchOf(look, net, part);
}
