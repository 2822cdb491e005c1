/** The words of the device in the page's head: what trains. */
import type { DeviceChoice } from '../../../protocol/protocol.ts';

export const device = {
  /** In the head of the page, for who has never heard of these. */
  plainly: ({ backend, software, reason, hardware }: DeviceChoice) => {
    if (!software) return hardware === '' ? 'Graphics card' : `Graphics card: ${hardware}`;
    if (backend === 'cpu') return 'Processor, very slow';
    if (backend !== 'wasm') return 'Imitated graphics card, slow';
    return reason === 'no-adapter' ? 'Processor (no graphics card found: slower)' : 'Processor';
  },
  looking: 'Looking for a device',
  failed: 'No device to train on',
};
