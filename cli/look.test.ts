import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../src/model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../src/model/parameters.ts';
import { createRandom } from '../src/model/random.ts';
import type { ModelConfig } from '../src/model/config.ts';
import { weightsToSafetensors } from '../src/training/weights.ts';
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
    const { answer } = JSON.parse(stdout) as { answer: { nets: Moment[][] } };
    expect(answer.nets.map((moments) => moments.map(({ layers }) => layers.length))).toEqual([[7], [7]]);
    expect(answer.nets[0]?.[0]?.layers[0]).toMatchObject({ name: 'conv1', deviation: 1 });
  });

  it.each([
    ['a view that there is none', ['--view', 'sound'], /there are .*signal/],
    ['fewer weights than nets', ['--config', 'a.json,b.json'], /each net needs both/],
    ['a question that is no JSON', ['--question', '{'], /--question is not JSON/],
  ])('refuses %s', async (_, changed, why) => {
    const options = {
      '--view': 'signal',
      '--config': configFile('look', { model }),
      '--weights': 'w.safetensors',
    };
    const all = { ...options, ...(changed.length === 2 && { [changed[0]!]: changed[1]! }) };
    const { code, stderr } = await run('look', ...Object.entries(all).flat());
    expect(code).not.toBe(0);
    expect(stderr).toMatch(why);
  });
});
