/** The two commands as a person calls them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parityNames, readBuffer, readParity, relativeError, weightsPath } from '../test/parity.ts';
import { parseRun } from '../src/model/config.ts';
import { buildGraph } from '../src/model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../src/model/parameters.ts';
import { createRandom } from '../src/model/random.ts';
import { normsByName, weightsFromSafetensors, weightsToSafetensors } from '../src/training/weights.ts';
import { configFile, file, folder, root, run, tiny } from './testing/command.ts';

interface Line {
  readonly kind: string;
  readonly step: number;
  readonly loss: number;
  readonly error: number;
  readonly learningRate: number;
  readonly norms: Record<string, number>;
}
const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('npm run train', () => {
  it.each(parityNames)(
    '%s from the given weights, on WASM: losses within 1e-3, norms within 1e-4, relative',
    async (name) => {
      const expected = readParity(name);
      const config = configFile(name, { ...expected.config, evaluation: { atEnd: false } });
      const out = join(folder, name);
      const done = await run('train', '--config', config, '--init', weightsPath(name), '--out', out);
      expect(done.code, done.stderr).toBe(0);

      const lines = linesOf(done.stdout);
      const steps = lines.filter(({ kind }) => kind === 'step');
      expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
      steps.forEach(({ loss, error, learningRate }, i) => {
        expect(Math.abs(loss / expected.loss[i]! - 1)).toBeLessThan(1e-3);
        expect(error).toBe(expected.error[i]);
        expect(learningRate).toBeGreaterThan(0);
      });
      const norms = new Map(Object.entries(lines.find(({ kind }) => kind === 'gradientNorms')!.norms));
      expect(relativeError(norms, expected.gradient_norm_first_step)).toBeLessThan(1e-4);

      const graph = buildGraph(parseRun(expected.config).model);
      const layout = layoutOf(graph);
      const after = weightsFromSafetensors(graph, layout, readBuffer(join(out, 'weights.safetensors')));
      const weightNorms = normsByName(graph, layout, after.parameters);
      expect(relativeError(weightNorms, expected.weight_norm_after)).toBeLessThan(1e-4);
    },
  );

  it('takes --steps over the configuration and prints the same lines for the same seed', async () => {
    const config = configFile('seeded', {
      model: { depth: 8, width: 4 },
      batchSize: 16,
      epochs: 1,
      evaluation: { atEnd: false },
    });
    const curve = async () => {
      const { stdout } = await run('train', '--config', config, '--steps', '3');
      return linesOf(stdout)
        .filter(({ kind }) => kind === 'step')
        .map(({ loss, error }) => [loss, error]);
    };
    const first = await curve();
    expect(first).toHaveLength(3);
    expect(await curve()).toEqual(first);
  });

  it('exits 2 with a line for each fault of a configuration', async () => {
    const config = configFile('wrong', { model: { depth: 21 }, steps: 1, colour: 'red', batchSize: 0 });
    const { code, stderr } = await run('train', '--config', config);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.json: model\.depth: .*nearest: 20 or 26/);
    expect(stderr).toMatch(/wrong\.json: colour: this key is not known/);
    expect(stderr).toMatch(/wrong\.json: batchSize: /);
    expect(stderr.trim().split('\n')).toHaveLength(3);
  });

  it.each([
    ['no configuration', [], /--config FILE is missing\nusage: npm run train -- --config FILE \[--backend/],
    ['a file that is not there', ['--config', 'nowhere.json'], /cannot read nowhere\.json/],
    ['an unknown option', ['--speed', '9'], /--speed/],
    [
      'an unknown backend',
      ['--config', configFile('ok', { model: { depth: 8 }, steps: 1 }), '--backend', 'cuda'],
      /wasm, webgpu, cpu/,
    ],
    [
      '16 bits on another backend than webgpu',
      ['--config', configFile('ok', { model: { depth: 8 }, steps: 1 }), '--precision', 'f16'],
      /--precision f16 needs --backend webgpu/,
    ],
    [
      'an unknown precision',
      ['--config', configFile('ok', { model: { depth: 8 }, steps: 1 }), '--precision', 'f8'],
      /--precision must be f32 or f16/,
    ],
    [
      'what is not JSON',
      ['--config', file('text.json', '{\n  "steps": 1,\n}')],
      /text\.json is not JSON: see line 3, column 1/,
    ],
    ['a configuration that is a folder', ['--config', folder], /cannot read .*: it is a folder, not a file/],
    [
      'weights that are a folder',
      ['--config', configFile('ok', tiny), '--init', folder],
      /cannot read .*: it is a folder/,
    ],
    [
      'an option twice',
      ['--config', configFile('ok', tiny), '--steps', '1', '--steps', '2'],
      /--steps is given twice/,
    ],
    [
      'more threads than processors',
      ['--config', configFile('ok', tiny), '--threads', '640'],
      new RegExp(`--threads must be at most ${availableParallelism()}, not 640: there (is|are) `),
    ],
    [
      'a wrong number',
      ['--config', configFile('ok', { model: { depth: 8 }, steps: 1 }), '--steps', '-3'],
      /--steps/,
    ],
  ])('exits 2 for %s', async (_, options, message) => {
    const { code, stdout, stderr } = await run('train', ...options);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('refuses weights of another net', async () => {
    const config = configFile('other', { model: { depth: 14 }, steps: 1 });
    const { code, stderr } = await run('train', '--config', config, '--init', weightsPath('plain8'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/WeightsError: These weights do not fit the net; missing: layer1\.1/);
  });
});

describe('numbers that are not finite', () => {
  const wild = configFile('wild', {
    ...tiny,
    optimizer: { type: 'sgd', learningRate: 1e30, momentum: 0, weightDecay: 0 },
    steps: 40,
    evaluation: { atEnd: true },
  });

  it('end training with status 1, words, and no weights that are NaN', async () => {
    const out = join(folder, 'wild');
    const { code, stdout, stderr } = await run('train', '--config', wild, '--out', out);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /failed \(diverged at step \d+\): the net's numbers are not finite any more; a smaller/,
    );
    expect(stderr).toMatch(/the weights of step \d+ are not saved: /);
    expect(stdout).toContain('"reason":"diverged"');
    expect(readdirSync(out).sort()).toEqual(['config.json', 'events.jsonl', 'run.json', 'summary.json']);
  });

  it.each([1, 2, 3, 4])('are no score, width %i', async (width) => {
    const config = configFile(`width ${width}`, { model: { depth: 8, width } });
    const graph = buildGraph(parseRun({ ...tiny, model: { depth: 8, width } }).model);
    const layout = layoutOf(graph);
    const parameters = initialParameters(graph, layout, createRandom('finite'));
    // Finite themselves, but not what becomes of them.
    parameters.fill(3e38, 0, layout.trainable[0]!.size);
    const flat = { parameters, statistics: initialStatistics(layout) };
    const weights = file(
      `huge ${width}.safetensors`,
      new Uint8Array(weightsToSafetensors(graph, layout, flat)),
    );
    const options = ['--config', config, '--weights', weights, '--images', '200'];
    const { code, stdout, stderr } = await run('evaluate', ...options);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/these weights give numbers that are not finite/);
  });

  it('and more images than there are: none is evaluated twice', async () => {
    const config = configFile('for images', { model: { depth: 8, width: 4 } });
    const graph = buildGraph(parseRun({ ...tiny, model: { depth: 8, width: 4 } }).model);
    const layout = layoutOf(graph);
    const parameters = initialParameters(graph, layout, createRandom('sound'));
    const flat = { parameters, statistics: initialStatistics(layout) };
    const weights = file('sound.safetensors', new Uint8Array(weightsToSafetensors(graph, layout, flat)));
    for (const [images, message] of [
      ['0', /--images must be a whole number above 0, not "0"/],
      ['10001', /--images must be at most 10000, not 10001: there are no more test images/],
    ] as const) {
      const { code, stderr } = await run(
        'evaluate',
        '--config',
        config,
        '--weights',
        weights,
        '--images',
        images,
      );
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
  });
});

describe('the dataset', () => {
  const config = configFile('for data', { ...tiny, steps: 1 });
  const manifest = join(root, 'public/datasets/cifar10/manifest.json');
  const withManifest = (name: string, content: string | Uint8Array) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'manifest.json'), content);
    return join(folder, name);
  };

  it.each([
    [
      'a folder that is not there',
      () => join(folder, 'nowhere'),
      /there is no dataset in .*nowhere \(no manifest\.json\); `npm run data` builds/,
    ],
    [
      'a manifest that is none',
      () => withManifest('broken', '{"format": 1}'),
      /the dataset in .*broken cannot be read; `npm run data` builds/,
    ],
    [
      'a shard that is missing',
      () => withManifest('half', readFileSync(manifest)),
      /the dataset in .*half is not whole: train-00\.png is missing; `npm run data` builds/,
    ],
  ])('is asked for in words: %s', async (_, data, message) => {
    const { code, stdout, stderr } = await run('train', '--config', config, '--data', data());
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/HTTP|404|\n {4}at /);
  });
});

const published = join(root, '../shared/fixtures/published');
const title = existsSync(published) ? '' : ` (SKIPPED: ${published} is not there)`;

describe.skipIf(!existsSync(published))(`npm run evaluate${title}`, () => {
  it('gives a published ResNet-20 its 91.73% and its logits within 1e-3', { timeout: 180_000 }, async () => {
    const facts = JSON.parse(readFileSync(join(published, 'resnet20.json'), 'utf8')) as {
      normalisation: object;
      test_cross_entropy: number;
      first16_logits: number[][];
    };
    const config = configFile('published', { model: { depth: 20 }, normalisation: facts.normalisation });
    const weights = join(published, 'resnet20.safetensors');
    const { stdout } = await run('evaluate', '--config', config, '--weights', weights, '--json');
    const result = JSON.parse(stdout) as {
      images: number;
      accuracy: number;
      crossEntropy: number;
      logits: number[][];
    };
    expect(result.images).toBe(10_000);
    expect(result.accuracy).toBeCloseTo(0.9173, 6);
    expect(result.crossEntropy).toBeCloseTo(facts.test_cross_entropy, 5);
    facts.first16_logits.forEach((row, i) => {
      row.forEach((logit, j) => {
        expect(Math.abs(logit - result.logits[i]![j]!)).toBeLessThan(1e-3);
      });
    });
  });
});
