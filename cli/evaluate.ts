/** Evaluates weights on the test set: `npm run evaluate -- --config run.json --weights weights.safetensors`. */
import { Trainer } from '../src/training/trainer.ts';
import { modelName } from '../src/model/families.ts';
import {
  readBackend,
  readOptions,
  readPrecision,
  readRun,
  readWeights,
  runCommand,
  UsageError,
  wholeNumber,
} from './commandLine.ts';
import { openNodeOps } from './nodeDevice.ts';
import { openLane } from './openLane.ts';

const BATCH = 200;
/** Images whose logits `--json` prints. */
const LOGITS = 16;

await runCommand(async () => {
  const options = readOptions({
    config: { type: 'string' },
    weights: { type: 'string' },
    images: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
    precision: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  // Only the net and its normalisation matter here: a configuration without a budget will do.
  const run = await readRun(options.config, { steps: 1, epochs: undefined, minutes: undefined });
  if (options.weights === undefined) throw new UsageError('--weights FILE is missing');
  const weights = await readWeights(options.weights, run.model);
  const backend = readBackend(options.backend);
  const precision = readPrecision(options.precision, backend);

  const ops = await openNodeOps(backend, { precision });
  const trainer = new Trainer(ops, run, weights);
  const source = await openLane(run);
  const images = options.images === undefined ? source.testImages : wholeNumber('images', options.images);
  const score = await trainer.evaluate(source.evaluation(images, BATCH));
  if (!score) return;

  const logits = rowsOf(await ops.download(trainer.logits(await source.test(0, LOGITS))), LOGITS);
  const result = { images: score.images, accuracy: 1 - score.error, crossEntropy: score.loss };
  console.log(
    options.json
      ? JSON.stringify({ ...result, logits })
      : `${modelName(run.model)} on ${score.images} test images: accuracy ${(100 * result.accuracy).toFixed(2)}%, ` +
          `cross-entropy ${score.loss.toFixed(5)}`,
  );
});

function rowsOf(values: Float32Array | Float64Array, rows: number): number[][] {
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, i) => Array.from(values.slice(i * width, (i + 1) * width)));
}
