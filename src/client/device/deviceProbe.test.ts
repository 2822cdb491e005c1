import { describe, expect, it } from 'vitest';
import type { BackendName } from '../../protocol/protocol.ts';
import { chooseDevice, type FailedBackends, type Surroundings } from './deviceProbe.ts';

const gpu = { name: 'Apple M2', software: false };
const software = { name: 'SwiftShader', software: true };

function around(changes: Partial<Surroundings>): Surroundings {
  return {
    webgpuAdapter: () => Promise.resolve(undefined),
    webglRenderer: () => null,
    hasWasm: true,
    secure: true,
    isolated: true,
    sharesMemory: true,
    cores: 8,
    measure: () => Promise.reject(new Error('not to be measured')),
    ...changes,
  };
}
const choose = (
  changes: Partial<Surroundings>,
  asked: string | null = null,
  lanes = 2,
  precision: string | null = null,
  failed: FailedBackends = new Map(),
) => chooseDevice({ asked, precision, lanes, failed }, around(changes));

describe('the choice of the device', () => {
  it('is WebGPU on real hardware', async () => {
    expect(await choose({ webgpuAdapter: () => Promise.resolve(gpu) })).toEqual({
      backend: 'webgpu',
      software: false,
      threads: 1,
      hardware: 'Apple M2',
      reason: 'hardware-webgpu',
    });
  });

  it.each([
    ['no-webgpu', undefined],
    ['no-adapter', null],
    ['software-adapter', software],
  ])('is WASM with its reason: %s', async (reason, adapter) => {
    expect(await choose({ webgpuAdapter: () => Promise.resolve(adapter) })).toMatchObject({
      backend: 'wasm',
      reason,
    });
  });

  it('is the faster of WebGL2 and WASM, measured, on hardware without WebGPU, and never software WebGL', async () => {
    const measured = (webgl: number, wasm: number) => ({
      webglRenderer: () => gpu,
      measure: (backend: string) => Promise.resolve(backend === 'webgl' ? webgl : wasm),
    });
    expect(await choose(measured(1, 2))).toMatchObject({
      backend: 'webgl',
      reason: 'webgl-faster-than-wasm',
    });
    expect(await choose(measured(2, 1))).toMatchObject({ backend: 'wasm', reason: 'wasm-faster-than-webgl' });
    expect(await choose({ webglRenderer: () => software })).toMatchObject({
      backend: 'wasm',
      reason: 'no-webgpu',
    });
  });

  it('is plain JavaScript where there is no WASM', async () => {
    expect(await choose({ hasWasm: false })).toMatchObject({ backend: 'cpu', reason: 'no-wasm' });
  });

  it('stores activations in 16 bits where that is asked for, on WebGPU, and says why it cannot elsewhere', async () => {
    const hardware = { webgpuAdapter: () => Promise.resolve(gpu) };
    expect(await choose(hardware, null, 2, 'f16')).toMatchObject({
      backend: 'webgpu',
      precision: 'f16-storage',
    });
    expect(await choose(hardware)).not.toHaveProperty('precision');
    const imitated = { webgpuAdapter: () => Promise.resolve(software) };
    expect(await choose(imitated, 'webgpu', 2, 'f16')).toMatchObject({ precision: 'f16-storage' });
    const on = (asked: string | null, precision: string) => choose(imitated, asked, 2, precision);
    for (const asked of [null, 'cpu']) {
      const choice = await on(asked, 'f16');
      expect(choice.missed).toEqual([{ kind: 'no-f16' }]);
      expect(choice).not.toHaveProperty('precision');
    }
    expect((await on('webgpu', 'f8')).missed).toEqual([{ kind: 'unknown-precision', asked: 'f8' }]);
    expect(await on('webgpu', 'f8')).not.toHaveProperty('precision');
  });

  it('gives a lane threads only where memory can be shared and cores are left over', async () => {
    expect((await choose({})).threads).toBe(4);
    expect(await choose({ sharesMemory: false, isolated: false })).toMatchObject({
      threads: 1,
      threadsBarred: 'not-isolated',
    });
    // WebKitGTK: isolated, and no SharedArrayBuffer.
    expect(await choose({ sharesMemory: false })).toMatchObject({
      threads: 1,
      threadsBarred: 'no-shared-memory',
    });
    expect(await choose({ sharesMemory: false, cores: 1 })).not.toHaveProperty('threadsBarred');
    expect((await choose({}, null, 1)).threads).toBe(8);
    expect((await choose({ cores: 2 })).threads).toBe(1);
    expect((await choose({}, null, 100)).threads).toBe(1);
  });

  it('is what was asked for, even software WebGPU', async () => {
    const device = await choose({ webgpuAdapter: () => Promise.resolve(software) }, 'webgpu');
    expect(device).toMatchObject({
      backend: 'webgpu',
      reason: 'asked-for',
      hardware: 'SwiftShader',
      software: true,
    });
    expect(await choose({ webgpuAdapter: () => Promise.resolve(gpu) }, 'cpu')).toMatchObject({
      backend: 'cpu',
    });
  });

  it.each([
    ['cuda', {}, 'wasm', { kind: 'unknown-backend', asked: 'cuda' }],
    ['', {}, 'wasm', { kind: 'unknown-backend', asked: '' }],
    ['webgpu', {}, 'wasm', { kind: 'absent', backend: 'webgpu', why: 'no-webgpu' }],
    ['webgpu', { secure: false }, 'wasm', { kind: 'absent', backend: 'webgpu', why: 'insecure' }],
    [
      'webgpu',
      { webgpuAdapter: () => Promise.resolve(null) },
      'wasm',
      { kind: 'absent', backend: 'webgpu', why: 'no-adapter' },
    ],
    ['webgl', {}, 'wasm', { kind: 'absent', backend: 'webgl', why: 'no-webgl' }],
    ['wasm', { hasWasm: false }, 'cpu', { kind: 'absent', backend: 'wasm', why: 'no-wasm' }],
  ] as const)(
    'falls on with a word where %s was asked for and cannot be had',
    async (asked, changes, backend, miss) => {
      const choice = await choose(changes, asked);
      expect(choice.backend).toBe(backend);
      expect(choice.reason).not.toBe('asked-for');
      expect(choice.missed).toEqual([miss]);
    },
  );

  it('says on plain http from another machine that it is hidden there what this browser may have', async () => {
    const lan = { secure: false, isolated: false, sharesMemory: false };
    const choice = await choose(lan);
    expect(choice).toMatchObject({ backend: 'wasm', threads: 1, insecure: true });
    expect(choice).not.toHaveProperty('threadsBarred');
    expect(await choose({})).not.toHaveProperty('insecure');
  });
});

describe('a backend that failed', () => {
  const no = 'kernels.wasm did not arrive: HTTP 404.';
  const failing = (...backends: BackendName[]) => new Map(backends.map((one) => [one, no]));
  const missed = (...backends: BackendName[]) =>
    backends.map((backend) => ({ kind: 'failed', backend, why: no }));
  const hardware = { webgpuAdapter: () => Promise.resolve(gpu), webglRenderer: () => gpu };

  it.each([
    ['WebGPU, to WASM', { webgpuAdapter: () => Promise.resolve(gpu) }, ['webgpu'], 'wasm'],
    ['WASM, to plain JavaScript', {}, ['wasm'], 'cpu'],
    ['WASM, to WebGL on hardware', { webglRenderer: () => gpu }, ['wasm'], 'webgl'],
    ['WASM, never to WebGL in software', { webglRenderer: () => software }, ['wasm'], 'cpu'],
    ['WASM, to WebGPU in software', { webgpuAdapter: () => Promise.resolve(software) }, ['wasm'], 'webgpu'],
    ['all of them, to plain JavaScript', hardware, ['webgpu', 'webgl', 'wasm'], 'cpu'],
  ] as const)('is fallen on from: %s', async (_, changes, backends, expected) => {
    const choice = await choose(changes, null, 2, null, failing(...backends));
    expect(choice).toMatchObject({ backend: expected, reason: 'others-failed', missed: missed(...backends) });
  });

  it('is not taken although it is asked for, and is said', async () => {
    const choice = await choose(hardware, 'wasm', 2, null, failing('wasm'));
    expect(choice).toMatchObject({ backend: 'webgpu', missed: missed('wasm') });
  });

  it('is not spoken of where another is asked for', async () => {
    expect(await choose({}, 'cpu', 2, null, failing('wasm'))).not.toHaveProperty('missed');
  });

  it('is found out by the measurement that compares WebGL with WASM', async () => {
    const error = new Error(no);
    const measured = (failures: readonly BackendName[]) => ({
      webglRenderer: () => gpu,
      measure: (backend: BackendName) =>
        failures.includes(backend) ? Promise.reject<number>(error) : Promise.resolve(1),
    });
    expect(await choose(measured(['wasm']))).toMatchObject({ backend: 'webgl', missed: missed('wasm') });
    expect(await choose(measured(['webgl']))).toMatchObject({ backend: 'wasm', missed: missed('webgl') });
    expect(await choose(measured(['webgl', 'wasm']))).toMatchObject({
      backend: 'cpu',
      reason: 'others-failed',
      missed: missed('webgl', 'wasm'),
    });
  });
});
