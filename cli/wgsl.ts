/** Prints the WGSL that a net's layers run, without a device: `npm run wgsl -- LABEL`. */
import { ConfigError, parseRun } from '../src/model/config.ts';
import { UsageError } from './commandError.ts';
import { readOptions, readPrecision, wholeNumber } from './options.ts';
import { runCommand } from './runCommand.ts';
import { startShapes } from './wgsl/kernelRecorder.ts';
import { kernelSources, listKernels } from './wgsl/kernelText.ts';
import { type AdapterKind, adapterKinds, netKernels } from './wgsl/netKernels.ts';

/** No kernel knows it, and an optimiser has one. */
const LEARNING_RATE = 0.1;

await runCommand(async () => {
  const args = process.argv.slice(2);
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  // Labels have spaces, and not everyone quotes.
  const words = firstOption < 0 ? args : args.slice(0, firstOption);
  const options = readOptions(
    'npm run wgsl',
    {
      depth: { type: 'string', value: 'N' },
      width: { type: 'string', value: 'N' },
      block: { type: 'string', value: 'plain|basic|bottleneck' },
      shortcut: { type: 'string', value: 'A|B|C' },
      batch: { type: 'string', value: 'N' },
      optimizer: { type: 'string', value: 'sgd|adam|rmsprop' },
      adapter: { type: 'string', value: adapterKinds.join('|') },
      precision: { type: 'string', value: 'f32|f16' },
    },
    args.slice(words.length),
    '[LABEL]',
  );
  const adapter = readAdapter(options.adapter);
  const precision = readPrecision(options.precision, 'webgpu');
  const run = readNet({
    model: {
      depth: wholeNumber('depth', options.depth ?? '20'),
      width: wholeNumber('width', options.width ?? '16'),
      block: options.block,
      shortcut: options.shortcut,
    },
    batchSize: wholeNumber('batch', options.batch ?? '128'),
    optimizer: { type: options.optimizer, learningRate: LEARNING_RATE },
    steps: 1,
  });
  await startShapes();
  const uses = netKernels(run, adapter, precision);
  const text = words.length === 0 ? listKernels(uses) : kernelSources(uses, words.join(' '));
  process.stdout.write(`${text}\n`);
});

function readAdapter(text = 'gpu'): AdapterKind {
  const adapter = adapterKinds.find((kind) => kind === text);
  if (adapter) return adapter;
  throw new UsageError(`--adapter must be one of ${adapterKinds.join(', ')}, not "${text}"`);
}

function readNet(input: unknown) {
  try {
    return parseRun(input);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}
