import { roomOf, WASM_HEAP_BYTES, type Room } from '../model/room.ts';
import type { DeviceChoice } from '../protocol/protocol.ts';

/** How many lanes, and how large ones, the device trains at once in this browser. */
export function roomHere({
  backend,
  precision,
  tensorBytes,
}: Pick<DeviceChoice, 'backend' | 'precision' | 'tensorBytes'>): Room {
  const { hardwareConcurrency, deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  const processor = backend === 'wasm' || backend === 'cpu';
  return roomOf({
    processor,
    cores: hardwareConcurrency,
    deviceGibibytes: deviceMemory,
    ...(backend === 'wasm' && { laneBytes: WASM_HEAP_BYTES }),
    // Half as large in 16 bits.
    ...(tensorBytes !== undefined && {
      tensorBytes: precision === 'f16-storage' ? 2 * tensorBytes : tensorBytes,
    }),
  });
}
