import { describe, expect, it } from 'vitest';
import { chooseDevice, type Surroundings } from './deviceProbe.ts';

const gpu = { name: 'Apple M2', software: false };
const software = { name: 'SwiftShader', software: true };

function around(changes: Partial<Surroundings>): Surroundings {
  return {
    webgpuAdapter: () => Promise.resolve(undefined),
    webglRenderer: () => null,
    hasWasm: true,
    isolated: true,
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
) => chooseDevice({ asked, precision, lanes }, around(changes));

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
    const refused = (asked: string | null, precision: string) => choose(imitated, asked, 2, precision);
    await expect(refused(null, 'f16')).rejects.toMatchObject({
      name: 'DeviceError',
      message: /only webgpu.*wasm/,
    });
    await expect(refused('cpu', 'f16')).rejects.toThrow(/only webgpu.*cpu/);
    await expect(refused('webgpu', 'f8')).rejects.toMatchObject({
      name: 'DeviceError',
      message: /precision=f8 is not known/,
    });
  });

  it('gives a lane threads only where the page is isolated and cores are left over', async () => {
    expect((await choose({})).threads).toBe(4);
    expect((await choose({ isolated: false })).threads).toBe(1);
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
    ['cuda', /not known: use webgpu, webgl, wasm or cpu/],
    ['webgpu', /the browser lacks it/],
    ['webgl', /no WebGL2/],
  ])('refuses %s where it cannot be had, and does not fall back', async (asked, message) => {
    const refused = choose({}, asked);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ name: 'DeviceError' });
  });
});
