import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../src/model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../src/model/parameters.ts';
import { createRandom } from '../src/model/random.ts';
import type { ModelConfig } from '../src/model/config.ts';
import { weightsToSafetensors } from '../src/training/weights.ts';
import { readWeights } from './inputFiles.ts';
import { configFile, run } from './testing/command.ts';

const model: ModelConfig = { family: 'cifar', depth: 8, block: 'plain', shortcut: 'A', width: 1 };

function netFile(): string {
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const parameters = initialParameters(graph, layout, createRandom(1).fork('weights'));
  const file = join(mkdtempSync(join(tmpdir(), 'look-')), 'net.safetensors');
  const weights = weightsToSafetensors(graph, layout, { parameters, statistics: initialStatistics(layout) });
  writeFileSync(file, new Uint8Array(weights));
  return file;
}

describe('npm run look', () => {
  it('prints what a view of the page computes', async () => {
    const config = configFile('look', { model });
    const { code, stdout, stderr } = await run(
      'look',
      ...['--view', 'signal', '--config', `${config},${config}`, '--weights', `${netFile()},${netFile()}`],
    );
    expect(code, stderr).toBe(0);
    interface Moment {
      readonly layers: readonly { readonly name: string; readonly deviation: number }[];
    }
    // Of each net the one moment that was given.
    interface Looked {
      readonly device: { readonly kernels: string };
      readonly answer: { readonly nets: Moment[][] };
    }
    const { device, answer } = JSON.parse(stdout) as Looked;
    expect(device.kernels).toBe('wasm-simd-relaxed');
    expect(answer.nets.map((moments) => moments.map(({ layers }) => layers.length))).toEqual([[7], [7]]);
    expect(answer.nets[0]?.[0]?.layers[0]).toMatchObject({ name: 'conv1', deviation: 1 });
  });

  it('writes the nets that a view makes, which train takes', async () => {
    const config = configFile('look', { model: { ...model, block: 'plain' } });
    const out = mkdtempSync(join(tmpdir(), 'grown-'));
    const options = [
      '--config',
      `${config},${config}`,
      '--weights',
      `${netFile()},${netFile()}`,
      '--out',
      out,
    ];
    const { code, stdout, stderr } = await run(
      'look',
      ...['--view', 'grow', '--question', '{"depth":56}', ...options],
    );
    expect(code, stderr).toBe(0);
    interface Answer {
      readonly answer: { readonly nets: readonly { readonly grown: { readonly file: string } }[] };
    }
    const { nets } = (JSON.parse(stdout) as Answer).answer;
    expect(nets.map(({ grown }) => grown.file)).toEqual(['grown.safetensors', 'grown-2.safetensors']);
    const deeper = { ...model, depth: 56 };
    for (const { grown } of nets)
      expect((await readWeights(join(out, grown.file), deeper)).byteLength).toBeGreaterThan(0);
  });

  it.each([
    ['a view that there is none', ['--view', 'sound'], /there are .*signal/],
    ['fewer weights than nets', ['--config', 'a.json,b.json'], /each net needs both/],
    ['a question that is no JSON', ['--question', '{'], /--question is not JSON/],
    [
      'a question that is none of the view',
      ['--question', '{"study":7}', '--view', 'cut'],
      /--question: study: /,
    ],
  ])('refuses %s', async (_, changed, why) => {
    const options = {
      '--view': 'signal',
      '--config': configFile('look', { model }),
      '--weights': netFile(),
    };
    const all: Record<string, string> = { ...options };
    for (let i = 0; i < changed.length; i += 2) all[changed[i]!] = changed[i + 1]!;
    const { code, stderr } = await run('look', ...Object.entries(all).flat());
    expect(code).not.toBe(0);
    expect(stderr).toMatch(why);
  });
});
