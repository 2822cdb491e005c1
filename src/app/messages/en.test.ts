import { expect, test } from 'vitest';
import type { DeviceChoice } from '../../workers/protocol.ts';
import { device } from './enDevice.ts';

const gpu: DeviceChoice = {
  backend: 'webgpu',
  threads: 1,
  hardware: 'Apple M2',
  software: false,
  reason: 'hardware-webgpu',
};

test('the device says when activations are stored in 16 bits', () => {
  expect(device.name(gpu)).toBe('WebGPU, Apple M2');
  expect(device.name({ ...gpu, precision: 'f16-storage' })).toBe(
    'WebGPU, Apple M2, activations stored in 16 bits',
  );
});
