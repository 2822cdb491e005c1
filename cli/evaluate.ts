/** Evaluates weights on the test set: `npm run evaluate -- --config run.json --weights weights.safetensors`. */
import { Trainer } from '../src/training/trainer.ts';
import { modelName } from '../src/model/families.ts';
import { CommandError } from './commandError.ts';
import { readRun, readWeights } from './inputFiles.ts';
import { openNodeOps } from './node/nodeDevice.ts';
import { openLane } from './node/openLane.ts';
import { readBackend, readOptions, readPrecision, wholeNumber } from './options.ts';
import { runCommand } from './runCommand.ts';

const BATCH = 200;
/** Images whose logits `--json` prints. */
const LOGITS = 16;

await runCommand(async () => {
  const options = readOptions('npm run evaluate', {
    config: { type: 'string', value: 'FILE', required: true },
    weights: { type: 'string', value: 'FILE', required: true },
    images: { type: 'string', value: 'N' },
    backend: { type: 'string', value: 'wasm|webgpu|cpu' },
    precision: { type: 'string', value: 'f32|f16' },
    data: { type: 'string', value: 'DIR' },
    json: { type: 'boolean' },
  });
  const backend = readBackend(options.backend);
  const precision = readPrecision(options.precision, backend);
  const asked = options.images === undefined ? null : wholeNumber('images', options.images);
  // Only the net and its normalisation matter here: a configuration without a budget will do.
  const run = await readRun(options.config ?? '', { steps: 1, epochs: undefined, minutes: undefined });
  const weights = await readWeights(options.weights ?? '', run.model);

  const source = await openLane(run, options.data);
  if (asked !== null)
    wholeNumber('images', String(asked), source.testImages, 'there are no more test images');
  const ops = await openNodeOps(backend, { precision });
  const trainer = new Trainer(ops, run, weights);
  const score = await trainer.evaluate(source.evaluation(asked ?? source.testImages, BATCH));
  if (!score) return;

  const logits = rowsOf(await ops.download(trainer.logits(await source.test(0, LOGITS))), LOGITS);
  if (!Number.isFinite(score.loss) || !logits.flat().every(Number.isFinite)) {
    throw new CommandError(
      `these weights give numbers that are not finite (cross-entropy ${score.loss}): there is no score; ` +
        'they are of a net that has diverged, or their numbers are too large',
    );
  }
  const result = { images: score.images, accuracy: 1 - score.error, crossEntropy: score.loss };
  const text = options.json
    ? JSON.stringify({ ...result, logits })
    : `${modelName(run.model)} on ${score.images} test images: accuracy ${(100 * result.accuracy).toFixed(2)}%, ` +
      `cross-entropy ${score.loss.toFixed(5)}`;
  process.stdout.write(`${text}\n`);
});

function rowsOf(values: Float32Array | Float64Array, rows: number): number[][] {
  const width = values.length / rows;
  return Array.from({ length: rows }, (_, i) => Array.from(values.slice(i * width, (i + 1) * width)));
}
