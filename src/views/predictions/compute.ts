/** What nets answer to test images, and to a picture that a person brings. */
import { answersOf, softmax, type Answers } from '../../insights/predictions.ts';
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { imagesToShow } from './imageSets.ts';
import type { OwnAnswer, PredictionsAnswer, PredictionsAsked, TestAnswer } from './predictions.ts';

/** Images in a pass: as an evaluation's. */
const BATCH = 100;

export function computePredictions<T extends TensorLike>(
  look: Look<T>,
  asked: PredictionsAsked,
): Promise<PredictionsAnswer> {
  return asked.what === 'own' ? answerOne(look, asked.picture) : answerTest(look, asked.images);
}

async function answerTest<T extends TensorLike>(look: Look<T>, asked: number): Promise<TestAnswer> {
  const { images, nets, tell, turn } = look;
  const total = Math.min(asked, await images.count('test'));
  const labels = new Uint8Array(total);
  const answers = nets.map(() => ({
    classes: new Uint8Array(total),
    confidences: new Float64Array(total),
  }));
  let next = BATCH;
  for (let from = 0; from < total; from += BATCH) {
    const size = Math.min(BATCH, total - from);
    for (const [i, net] of nets.entries()) {
      const batch = await images.batch('test', from, size, net.normalisation);
      labels.set(batch.labels, from);
      const { classes, confidences } = answersOf(await logitsOf(look, net, batch.images), net.graph.classes);
      answers[i]!.classes.set(classes, from);
      answers[i]!.confidences.set(confidences, from);
      await turn();
    }
    const done = from + size;
    if (done === total) break;
    // Each time twice as many: what has come is seen early, and told seldom.
    const isSeen = done >= next;
    if (isSeen) next = 2 * done;
    tell(done, total, isSeen ? await answerSoFar(look, labels, answers, done) : undefined);
  }
  return answerSoFar(look, labels, answers, total);
}

async function answerSoFar<T extends TensorLike>(
  { images, nets }: Look<T>,
  labels: Uint8Array,
  answers: readonly Answers[],
  done: number,
): Promise<TestAnswer> {
  const ownLabels = labels.slice(0, done);
  const own = answers.map(({ classes, confidences }) => ({
    classes: classes.slice(0, done),
    confidences: confidences.slice(0, done),
  }));
  const numbers = imagesToShow(ownLabels, own, nets[0]!.graph.classes);
  const { pixels } = await images.pixels('test', numbers);
  return { kind: 'test', labels: ownLabels, nets: own, pictures: { numbers, pixels } };
}

async function answerOne<T extends TensorLike>(
  look: Look<T>,
  picture: Uint8Array | null,
): Promise<OwnAnswer> {
  const { images, nets, turn } = look;
  const example = picture === null ? await images.pixels('test', Uint32Array.of(0)) : null;
  const pixels = picture ?? example!.pixels;
  const probabilities: Float64Array[] = [];
  for (const net of nets) {
    const input = await images.normalise(pixels, net.normalisation);
    probabilities.push(softmax(await logitsOf(look, net, input)));
    await turn();
  }
  return { kind: 'own', pixels, label: example?.labels[0] ?? null, nets: probabilities };
}

/** Logits of normalised images, on the host. */
async function logitsOf<T extends TensorLike>(
  { ops }: Look<T>,
  net: LookedNet<T>,
  images: Float32Array,
): Promise<ArrayLike<number>> {
  const input = net.upload(images);
  const logits = net.logits(input);
  try {
    return await ops.download(logits);
  } finally {
    ops.dispose(input);
    ops.dispose(logits);
  }
}
