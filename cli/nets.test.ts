import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../src/model/graph.ts';
import { layoutOf } from '../src/model/parameters.ts';
import { decodeSafetensors, encodeSafetensors, readStoredTensors } from '../src/model/safetensors.ts';
import { trainedNetsSchema } from '../src/model/trainedNets.ts';
import { weightsFromSafetensors } from '../src/training/weights.ts';
import { configFile, folder, run, tiny } from './testing/command.ts';

const runs = join(folder, 'runs');
const to = join(folder, 'nets');
const read = (path: string) => Uint8Array.from(readFileSync(path)).buffer;
const index = () => v.parse(trainedNetsSchema, JSON.parse(readFileSync(join(to, 'index.json'), 'utf8')));

describe('npm run nets', () => {
  test('takes moments of runs, finished or not, with filters in F16 and batch norm in F32', async () => {
    mkdirSync(runs);
    const config = configFile('tiny', { ...tiny, steps: 12 });
    const out = join(runs, 'done');
    const trained = await run('train', '--config', config, '--out', out, '--checkpoint-every', '4');
    expect(trained.code, trained.stderr).toBe(0);
    mkdirSync(join(runs, 'empty'));

    const { code, stdout, stderr } = await run('nets', '--from', runs, '--to', to, '--images', '200');
    expect(code, stderr).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('empty is left out: it has no config.json');
    const [net] = index().nets;
    expect([net?.name, net?.config.steps]).toEqual(['done', 12]);
    expect(net?.moments.map(({ step }) => step)).toEqual([1, 2, 5, 10, 12]);
    for (const { file, sha256, bytes, test: told } of net!.moments) {
      const content = readFileSync(join(to, file));
      expect([createHash('sha256').update(content).digest('hex'), content.length]).toEqual([sha256, bytes]);
      expect(told.images).toBe(200);
    }

    const shipped = read(join(to, 'done-12.safetensors'));
    const kinds = [...readStoredTensors(shipped).tensors.values()].map(({ dtype, shape }) => [dtype, shape.length === 1]); // prettier-ignore
    expect(kinds.every(([dtype, isVector]) => dtype === (isVector ? 'F32' : 'F16'))).toBe(true);
    const graph = buildGraph(net!.config.model);
    const flat = (file: ArrayBuffer) => weightsFromSafetensors(graph, layoutOf(graph), file);
    const [exact, halved] = [flat(read(join(runs, 'done/weights.safetensors'))), flat(shipped)];
    expect(halved.statistics).toEqual(exact.statistics);
    // A half has eleven bits; below 2^-14 their last one is 2^-24.
    const isNear = (value: number, i: number) =>
      Math.abs(value - exact.parameters[i]!) <= Math.max(2 ** -11 * Math.abs(value), 2 ** -25);
    expect(halved.parameters.every(isNear)).toBe(true);
  }, 60_000);

  test('a number beyond F16, and another beginning than the seed\u2019s, are refused, and what was there stays', async () => {
    const before = readdirSync(to);
    const changed = (file: string, name: string, value: number) => {
      cpSync(join(runs, 'done'), join(runs, 'wrong'), { recursive: true });
      const tensors = decodeSafetensors(read(join(runs, 'wrong', file)));
      tensors.get(name)!.values[0] = value;
      writeFileSync(join(runs, 'wrong', file), new Uint8Array(encodeSafetensors(tensors)));
      return run('nets', '--from', runs, '--to', to, '--images', '100');
    };
    const large = await changed('weights-at-10.safetensors', 'conv1.weight', 70_000);
    expect([large.code, large.stderr]).toEqual([1, expect.stringContaining('wrong after step 10: conv1.weight holds 70000, which is beyond F16')]); // prettier-ignore
    const other = await changed('weights-at-0.safetensors', 'fc.bias', 1);
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('wrong did not begin as its seed, 1, does')]); // prettier-ignore
    expect(readdirSync(to)).toEqual(before);
  }, 60_000);

  test('a folder that is not there, and one without runs, are named', async () => {
    const nowhere = await run('nets', '--from', join(folder, 'nowhere'), '--to', to);
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('cannot read --from')]);
    const none = await run('nets', '--from', to, '--to', to);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('holds no run that keeps weights')]);
  });
});
