import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError, decodeCheckpoint, encodeCheckpoint, optimizerSlots } from './checkpoint.ts';
import { encodeSafetensors, readStoredTensors, type HostTensor } from './safetensors.ts';
import { optimizerStates } from './shapes.ts';
import { deviceDifference } from './checkpointDevice.ts';
import { checkpointFile, checkpointOf, device } from './testing/checkpoints.ts';

const faultOf = (file: ArrayBuffer) =>
  decodeCheckpoint(file).then(
    () => 'taken',
    (error: unknown) => {
      if (error instanceof CheckpointError) return `${error.fault}: ${error.message}`;
      throw error;
    },
  );

describe('a checkpoint', () => {
  it.each(['sgd', 'adam', 'rmsprop'] as const)(
    'comes back as it was, with what %s remembers',
    async (type) => {
      const checkpoint = checkpointOf({}, { optimizer: { type, learningRate: 0.1 } });
      expect(await decodeCheckpoint(await encodeCheckpoint(checkpoint))).toEqual(checkpoint);
      expect(optimizerSlots[type]).toHaveLength(optimizerStates[type]);
      const names = [...checkpoint.tensors.keys()];
      expect(names.filter((name) => name.startsWith('optimizer.'))).toHaveLength(
        optimizerStates[type] * names.filter((name) => !/^optimizer\.|\.running_/.test(name)).length,
      );
    },
  );

  it('keeps numbers to the last bit, those of the optimiser also where they are infinite', async () => {
    const checkpoint = checkpointOf();
    const values = checkpoint.tensors.get('optimizer.velocity.conv1.weight')!.values;
    values.set([-0, 1e-45, Infinity, 3.4e38]);
    checkpoint.tensors.get('conv1.weight')!.values.set([-0, 1e-45, -1e-45, 3.4e38]);
    const { tensors } = await decodeCheckpoint(await encodeCheckpoint(checkpoint));
    for (const name of ['conv1.weight', 'optimizer.velocity.conv1.weight']) {
      expect(Object.is(tensors.get(name)!.values[0], -0)).toBe(true);
      expect(tensors.get(name)).toEqual(checkpoint.tensors.get(name));
    }
  });

  it('of any state comes back as it was', async () => {
    const finite = fc.double({ min: 0, max: 1e9, noNaN: true });
    const states = fc
      .record({
        step: fc.nat(100),
        epoch: finite,
        trainingSeconds: finite,
        idleSeconds: finite,
        optimizerSteps: fc.nat(1e9),
        warmedUp: fc.boolean(),
        lossHash: fc.nat(0xffffffff),
        error: fc.float({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ error, ...state }) => ({ ...state, recentErrors: Array<number>(state.step).fill(error) }));
    await fc.assert(
      fc.asyncProperty(states, async (state) => {
        const checkpoint = checkpointOf(state);
        const again = await decodeCheckpoint(await encodeCheckpoint(checkpoint));
        expect(JSON.stringify(again.state)).toBe(JSON.stringify(checkpoint.state));
      }),
      { numRuns: 50 },
    );
  });

  it('of a net that has diverged is not made', async () => {
    for (const name of ['conv1.weight', 'bn1.running_var', 'optimizer.velocity.linear.bias']) {
      const checkpoint = checkpointOf();
      checkpoint.tensors.get(name)!.values[1] = NaN;
      await expect(encodeCheckpoint(checkpoint)).rejects.toThrow(name);
    }
  });
});

describe('a file that is none', () => {
  it.each([
    ['whose step is NaN', { step: NaN }, /^damaged: Its state is damaged: step: /],
    ['whose step is a text', { step: '3' }, /state is damaged: step: /],
    ['whose step is half', { step: 2.5 }, /state is damaged: step: /],
    ['whose step is below 0', { step: -1, recentErrors: [] }, /state is damaged: step: /],
    ['beyond its run', { step: 101 }, /damaged: the whole: it has more steps than its run/],
    ['with errors that are none', { recentErrors: [0, 2, 0] }, /damaged: recentErrors\.1: /],
    ['with too few errors', { recentErrors: [0] }, /more or fewer errors than steps/],
    ['without its errors', { recentErrors: undefined }, /damaged: recentErrors: /],
    ['with an evaluation that is not due', { isEvaluationDue: true }, /no evaluation is due after its step/],
    ['with time that runs back', { trainingSeconds: -1 }, /damaged: trainingSeconds: /],
    ['with a hash that is none', { lossHash: -5 }, /damaged: lossHash: /],
    ['with more than is known', { more: 1 }, /damaged: more: /],
    ['without a device', { device: null }, /damaged: device: /],
  ])('%s is refused in words', async (_, change, message) => {
    const { state, tensors } = checkpointOf();
    expect(await faultOf(await checkpointFile({ ...state, ...change }, tensors))).toMatch(message);
  });

  it.each([
    ['a run that cannot be', { model: { depth: 9 }, steps: 100 }, /damaged: run\.model\.depth: /],
    ['no run', undefined, /damaged: run: /],
  ])('of %s', async (_, run, message) => {
    const { state, tensors } = checkpointOf();
    expect(await faultOf(await checkpointFile({ ...state, run }, tensors))).toMatch(message);
  });

  it.each([
    ['whose state is not JSON', '{"format"'],
    ['whose state is a list', '[]'],
    ['whose state is a number', '1'],
  ])('%s', async (_, json) => {
    expect(await faultOf(await checkpointFile(json, checkpointOf().tensors))).toMatch(
      /^damaged: Its state is damaged: /,
    );
  });

  it.each([
    [
      'another version',
      { checkpointVersion: '2' },
      /^version: It is a checkpoint of version 2, and version 1 can/,
    ],
    ['no version', {}, /^damaged: This is no checkpoint of a run\./],
  ])('of %s', async (_, version, message) => {
    const { state, tensors } = checkpointOf();
    expect(await faultOf(await checkpointFile(state, tensors, version))).toMatch(message);
  });

  it('with tensors of another net, or fewer, more or wilder ones', async () => {
    const { state } = checkpointOf();
    const refused = async (change: (tensors: Map<string, HostTensor>) => void) => {
      const { tensors } = checkpointOf();
      change(tensors);
      return faultOf(await checkpointFile(state, tensors));
    };
    const one = Float32Array.of(1);
    expect(await refused((tensors) => tensors.delete('bn1.bias'))).toBe('misfit: bn1.bias is missing.');
    expect(await refused((tensors) => tensors.delete('optimizer.velocity.bn1.bias'))).toBe(
      'misfit: optimizer.velocity.bn1.bias is missing.',
    );
    expect(await refused((tensors) => tensors.set('bn1.bias', { shape: [1], values: one }))).toBe(
      'misfit: bn1.bias is [1], expected [2].',
    );
    expect(
      await refused((tensors) => tensors.set('optimizer.firstMoment.bn1.bias', { shape: [1], values: one })),
    ).toBe('misfit: optimizer.firstMoment.bn1.bias is nothing of its run.');
    expect(await refused((tensors) => (tensors.get('bn1.weight')!.values[0] = NaN))).toMatch(
      /^notFinite: bn1\.weight is not finite/,
    );
    expect(await refused((tensors) => (tensors.get('bn1.running_var')!.values[0] = -1))).toMatch(
      /^notFinite: bn1\.running_var has a variance below 0/,
    );
    const other = checkpointOf({}, { model: { depth: 14, width: 2 } });
    expect(await faultOf(await checkpointFile(state, other.tensors))).toMatch(/^misfit: /);
  });

  it('cut short anywhere, or changed in any place, by one bit', async () => {
    const file = await encodeCheckpoint(checkpointOf());
    for (const length of [0, 1, 7, 8, 9, 100, file.byteLength - 1, file.byteLength - 4000]) {
      expect(await faultOf(file.slice(0, length))).toMatch(/^damaged: /);
    }
    const header = Number(new DataView(file).getBigUint64(0, true));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(header + 8), fc.nat(file.byteLength - 1)),
        fc.nat(7),
        async (place, bit) => {
          const copy = file.slice(0);
          new Uint8Array(copy)[place]! ^= 1 << bit;
          expect(await faultOf(copy)).toMatch(/^(damaged|version): .{10,990}$/s);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('that is a file of weights, or anything else', async () => {
    expect(await faultOf(encodeSafetensors(new Map()))).toMatch(/^damaged: This is no checkpoint of/);
    expect(await faultOf(new TextEncoder().encode('{"step": 3}, and more').buffer)).toMatch(/^damaged: /);
  });
});

it('is a safetensors file that others can read', async () => {
  const { tensors, metadata } = readStoredTensors(await encodeCheckpoint(checkpointOf()));
  expect(tensors.get('conv1.weight')).toMatchObject({ dtype: 'F32', shape: [2, 3, 3, 3] });
  expect(metadata.get('sha256')).toMatch(/^[0-9a-f]{64}$/);
});

it('tells devices apart by what may change bits', () => {
  expect(deviceDifference(device, { ...device })).toBeNull();
  expect(deviceDifference(device, { ...device, kernels: 'wasm-simd-relaxed', threads: 2 })).toBe(
    'kernels was wasm-simd and is wasm-simd-relaxed, threads was 1 and is 2',
  );
});
