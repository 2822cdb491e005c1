/** The two commands as a person calls them. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parityNames, readBuffer, readParity, relativeError, weightsPath } from '../test/parity.ts';
import { parseRun } from '../src/model/config.ts';
import { buildGraph } from '../src/model/graph.ts';
import { layoutOf } from '../src/model/parameters.ts';
import { normsByName, weightsFromSafetensors } from '../src/training/weights.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'residual-playground-'));

async function run(command: 'train' | 'evaluate', ...options: string[]) {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  try {
    const done = await promisify(execFile)(
      process.execPath,
      [tsx, join(root, `cli/${command}.ts`), ...options],
      {
        maxBuffer: 1 << 26,
      },
    );
    return { code: 0, ...done };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

function configFile(name: string, config: unknown): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  return file;
}

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
    ['no configuration', [], /--config FILE is missing/],
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
    ['what is not JSON', ['--config', configFile('text', 'hello')], /text\.json is not JSON/],
    [
      'a wrong number',
      ['--config', configFile('ok', { model: { depth: 8 }, steps: 1 }), '--steps', '-3'],
      /--steps/,
    ],
  ])('exits 2 for %s', async (_, options, message) => {
    const { code, stderr } = await run('train', ...options);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('refuses weights of another net', async () => {
    const config = configFile('other', { model: { depth: 14 }, steps: 1 });
    const { code, stderr } = await run('train', '--config', config, '--init', weightsPath('plain8'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/WeightsError: These weights do not fit the net; missing: layer1\.1/);
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
