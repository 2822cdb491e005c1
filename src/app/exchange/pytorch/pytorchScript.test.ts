import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Papa from 'papaparse';
import { afterAll, describe, expect, test } from 'vitest';
import { openLane } from '../../../../cli/node/openLane.ts';
import { createNodeOps } from '../../../../test/backends.ts';
import { parseExperiment, runOfLane } from '../../../model/config.ts';
import type { RunEvent } from '../../../protocol/events.ts';
import { Session } from '../../../training/session.ts';
import { runColumns } from '../../runs/codec/runsCsv.ts';
import { pythonLiteral, pytorchScript } from './pytorchScript.ts';

const folder = mkdtempSync(join(tmpdir(), 'pytorch-script-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first Python here that runs this, or null. */
const pythonFor = (program: string) =>
  ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', program]).status === 0) ?? null;
const python = pythonFor('');
const torch = pythonFor('import torch, numpy');
const skipped = (missing: string | null, what: string) =>
  missing === null ? ` (SKIPPED: no ${what} here)` : '';

const lane = (id: string, block: string, shortcut = 'A', depth = 8, width = 8) => ({
  id,
  model: { depth, block, shortcut, width },
});
const experiment = (optimizer: object, lanes = [lane('plain', 'plain')], more: object = {}) =>
  parseExperiment({
    lanes,
    recipe: {
      optimizer,
      batchSize: 32,
      steps: 3,
      order: 'sequential',
      augment: 'none',
      evaluation: { every: 2, images: 250, atEnd: false },
      ...more,
    },
  });
const sgd = { type: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 };
const names = (count: number) => Array.from({ length: count }, (_, i) => `lane ${i}, "it's"\\ """`);

describe(`Python parses the script${skipped(python, 'python3')}`, () => {
  test.skipIf(python === null).each([
    ['of one net', experiment(sgd)],
    [
      'of every block, a warm-up and a cosine',
      parseExperiment({
        lanes: [lane('a', 'basic', 'B'), lane('b', 'bottleneck', 'C', 11)],
        recipe: {
          minutes: 1.5,
          schedule: { type: 'cosine', warmUp: { learningRate: 0.01, untilError: 0.8 } },
          normalisation: { mean: [0.1, 0.2, 1e-21], std: [1, 1, 1] },
        },
      }),
    ],
  ])('%s', (_, given) => {
    const file = join(folder, 'parsed.py');
    writeFileSync(file, pytorchScript(given, names(given.lanes.length)));
    const { status, stderr } = spawnSync(python!, ['-W', 'error', '-m', 'py_compile', file], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  test.skipIf(python === null)('and finds in it what was written', () => {
    const value = { 'a"b': [null, true, false, -1.5e-7, '\u2028\n\\"\u0000é'], deep: { long: names(8) } };
    const program = `import json; print(json.dumps(${pythonLiteral(value)}))`;
    const { stdout } = spawnSync(python!, ['-c', program.replaceAll('\u0000', '')], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(value);
  });
});

/** A dataset of the first thousand images of each kind: the whole takes half a minute to decode. */
function smallData(): string {
  const data = join(folder, 'data');
  const whole = resolve('public/datasets/cifar10');
  mkdirSync(data, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(whole, 'manifest.json'), 'utf8')) as Record<
    'train' | 'test',
    { file: string }[]
  >;
  for (const split of ['train', 'test'] as const) {
    manifest[split] = manifest[split].slice(0, 1);
    const { file } = manifest[split][0]!;
    symlinkSync(join(whole, file), join(data, file));
  }
  writeFileSync(join(data, 'manifest.json'), JSON.stringify(manifest));
  return data;
}

describe(`the script trains as the page does${skipped(torch, 'PyTorch')}`, () => {
  let data: string | undefined;
  test.skipIf(torch === null).each([
    ['plain', lane('net', 'plain'), sgd],
    ['residual, option A', lane('net', 'basic', 'A'), sgd],
    ['residual, option B', lane('net', 'basic', 'B'), sgd],
    ['bottleneck, option C', lane('net', 'bottleneck', 'C', 11), sgd],
    ['label smoothing', lane('net', 'plain'), sgd, { labelSmoothing: 0.1 }],
    ['recomputation', lane('net', 'basic', 'B'), sgd, { recompute: true }],
    ['Adam', lane('net', 'basic', 'A'), { type: 'adam', learningRate: 0.001, weightDecay: 1e-3 }],
    [
      'a lane\u2019s own Adam in a recipe with SGD',
      { ...lane('net', 'plain'), optimizer: { type: 'adam', learningRate: 0.001, weightDecay: 1e-3 } },
      sgd,
    ],
    ['a lane\u2019s own warm-up', { ...lane('net', 'plain'), warmUp: { learningRate: 0.01, steps: 2 } }, sgd],
    [
      'RMSprop, scales not decayed',
      lane('net', 'plain'),
      { type: 'rmsprop', learningRate: 1e-3, weightDecay: 0.1, decayNormalisation: false },
    ],
  ])(
    '%s: losses of three steps within 2e-3, from the same weights and batches',
    async (name, net, optimizer, more: object = {}) => {
      const given = experiment(optimizer, [net], more);
      const out = join(folder, name);
      mkdirSync(out);
      const run = runOfLane(given, given.lanes[0]!);
      const events: RunEvent[] = [];
      const session = new Session({
        run,
        ops: await createNodeOps('wasm'),
        source: await openLane(run),
        emit: (event) => events.push(event),
        clock: { seconds: () => 0 },
      });
      writeFileSync(join(out, 'net.safetensors'), new Uint8Array(await session.safetensors()));
      await session.start();
      session.dispose();
      const ours = events.flatMap((event) => (event.kind === 'steps' ? [...event.loss] : []));
      const tested = events.find((event) => event.kind === 'evaluation');

      const script = join(out, 'script.py');
      writeFileSync(script, pytorchScript(given, ['net']));
      const options = ['--data', (data ??= smallData()), '--weights', out, '--out', join(out, 'out')];
      // Several threads would spend most of their time waiting for one another on a busy machine, at full speed.
      const env = { ...process.env, OMP_NUM_THREADS: '1' };
      const { status, stderr } = spawnSync(torch!, [script, ...options], { encoding: 'utf8', env });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const { data: table } = Papa.parse<string[]>(readFileSync(join(out, 'out/net.csv'), 'utf8').trim());
      const [header, ...rows] = table;
      expect(header).toEqual([...runColumns]);
      const column = (key: (typeof runColumns)[number]) => rows.map((row) => row[runColumns.indexOf(key)]);
      expect(ours).toHaveLength(3);
      ours.forEach((loss, i) => {
        expect(Math.abs(Number(column('training_loss')[i]) - loss)).toBeLessThan(2e-3);
      });
      expect(column('test_images')).toEqual(['', '250', '']);
      expect(Math.abs(Number(column('test_loss')[1]) - tested!.loss)).toBeLessThan(2e-3);
    },
  );
});
