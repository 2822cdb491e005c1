import { expect, test, vi } from 'vitest';
import type { ClientEvent } from '../../../client/clientTypes.ts';
import type { StepsEvent } from '../../../protocol/protocol.ts';
import { fallingOn } from './fallingOn.ts';

const failed = (name: string): ClientEvent => ({
  kind: 'run',
  lane: 'a',
  event: { kind: 'state', state: 'failed', step: 0, reason: 'error', failure: { name, message: 'no' } },
});
const running: ClientEvent = { kind: 'run', lane: 'b', event: { kind: 'state', state: 'running', step: 0 } };
const steps: ClientEvent = { kind: 'run', lane: 'b', event: { kind: 'steps', first: 1 } as StepsEvent };

test('a device that fails before the first step is fallen on from once, and nothing more of it is told', () => {
  const emit = vi.fn();
  const fallOn = vi.fn(() => true);
  const hear = fallingOn(emit, fallOn);
  [running, failed('DeviceError'), failed('DeviceError'), running].forEach(hear);
  expect(fallOn.mock.calls).toEqual([[{ name: 'DeviceError', message: 'no' }]]);
  expect(emit.mock.calls).toEqual([[running]]);
});

test.each([
  ['there is nothing to fall on to', [failed('DeviceError')], false],
  ['a lane has trained on it', [steps, failed('DeviceError')], true],
  ['it is no fault of the device', [failed('ShardError')], true],
] as const)('the failure is told where %s', (_, events, next) => {
  const emit = vi.fn();
  events.forEach(fallingOn(emit, () => next));
  expect(emit.mock.calls).toEqual(events.map((event) => [event]));
});
