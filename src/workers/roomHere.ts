import { roomOf, type Room } from '../model/room.ts';
import type { DeviceChoice } from './protocol.ts';

/** How many lanes, and how large ones, the device trains at once in this browser. */
export function roomHere({ backend }: Pick<DeviceChoice, 'backend'>): Room {
  const { hardwareConcurrency, deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  const processor = backend === 'wasm' || backend === 'cpu';
  return roomOf({ processor, cores: hardwareConcurrency, deviceGibibytes: deviceMemory });
}
