import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseRun } from '../../src/model/config.ts';
import { NetStore, type TrainedNet } from './netStore.ts';

const folder = mkdtempSync(join(tmpdir(), 'net-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = parseRun({ model: { depth: 8, width: 2 }, steps: 20 });
const parent = parseRun({ model: { depth: 8, width: 2, block: 'plain' }, steps: 20 });
const net = (device: string): TrainedNet => ({ run, error: Array<number>(20).fill(0.9), divergedAt: null, seconds: 1, commit: 'abc', date: '2026-11-27', device }); // prettier-ignore

test('a net of its seed, one that goes on from another, and one of another backend are told apart', async () => {
  const [wasm, webgpu] = [new NetStore(folder, 'wasm'), new NetStore(folder, 'webgpu')];
  const origins = [[], [{ run: parent, step: 5 }], [{ run: parent, step: 6 }]];
  for (const [i, origin] of origins.entries()) {
    expect(await wasm.find(run, origin)).toBeNull();
    await wasm.keep(run, net(`wasm ${i}`), origin);
    expect(await webgpu.find(run, origin)).toBeNull();
    await webgpu.keep(run, net(`webgpu ${i}`), origin);
  }
  for (const [i, origin] of origins.entries()) {
    expect((await wasm.find(run, origin))?.device).toBe(`wasm ${i}`);
    expect((await webgpu.find(run, origin))?.device).toBe(`webgpu ${i}`);
  }
});

test('a net is found for fewer steps than it has, and not for more', async () => {
  const store = new NetStore(folder, 'cpu');
  await store.keep(run, net('cpu'), []);
  expect(await store.find({ ...run, steps: 10 }, [])).not.toBeNull();
  expect(await store.find({ ...run, steps: 30 }, [])).toBeNull();
});
