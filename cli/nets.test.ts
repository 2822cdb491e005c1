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

  test('with --add nets that were made before stay as they are, byte for byte; the same run takes its place anew', async () => {
    const before = Object.fromEntries(readdirSync(to).map((file) => [file, readFileSync(join(to, file))]));
    const more = join(folder, 'more');
    cpSync(join(runs, 'done'), join(more, 'again'), { recursive: true });
    const add = async (from: string) => {
      const { code, stderr } = await run('nets', '--from', from, '--to', to, '--add', '--images', '200');
      expect(code, stderr).toBe(0);
      return index().nets.map(({ name, moments }) => [name, moments.map(({ step }) => step)]);
    };
    const steps = [1, 2, 5, 10, 12];
    expect(await add(more)).toEqual([
      ['again', steps],
      ['done', steps],
    ]);
    expect(await add(runs)).toEqual([
      ['again', steps],
      ['done', steps],
    ]);
    const { 'index.json': old, ...files } = before;
    for (const [file, bytes] of Object.entries(files)) expect(readFileSync(join(to, file))).toEqual(bytes);
    const [net] = v.parse(trainedNetsSchema, JSON.parse(old!.toString())).nets;
    expect(index().nets.find(({ name }) => name === 'done')).toEqual(net);
  }, 120_000);

  test('another beginning than the seed\u2019s is refused, and what was there stays', async () => {
    const before = readdirSync(to);
    cpSync(join(runs, 'done'), join(runs, 'other'), { recursive: true });
    const file = join(runs, 'other/weights-at-0.safetensors');
    const tensors = decodeSafetensors(read(file));
    tensors.get('conv1.weight')!.values[0]! += 1;
    writeFileSync(file, new Uint8Array(encodeSafetensors(tensors)));
    const { code, stderr } = await run('nets', '--from', runs, '--to', to, '--images', '100');
    expect([code, stderr]).toEqual([1, expect.stringContaining('other did not begin as its seed, 1, does')]);
    expect(readdirSync(to)).toEqual(before);
  }, 60_000);

  test('a folder without runs is named', async () => {
    const { code, stderr } = await run('nets', '--from', to, '--to', to);
    expect([code, stderr]).toEqual([2, expect.stringContaining('holds no run that keeps weights')]);
  });
});
