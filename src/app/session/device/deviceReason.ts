import type { DeviceChoice, DeviceMiss } from '../../../protocol/protocol.ts';
import { joined } from '../../ui/format.ts';
import { insecure, instead, misses, reasons, threads } from './enDeviceReason.ts';

/** Why this device trains, what was missed, and what bars it from more. */
export function deviceReason(choice: DeviceChoice): string {
  const { backend, reason, software, missed = [] } = choice;
  const isInsecure = choice.insecure === true;
  const isInstead = missed.some(({ kind }) => kind === 'absent' || kind === 'failed');
  const saysInsecure = missed.some((miss) => miss.kind === 'absent' && miss.why === 'insecure');
  const isWithoutWasm = reason === 'no-wasm';
  return joined(
    ' ',
    ...missed.map(missText),
    isInstead && !isWithoutWasm ? '' : reasons[reason](isInsecure),
    isInstead || isWithoutWasm ? instead[backend](software) : '',
    isInsecure && (isInstead || reason === 'asked-for') && !saysInsecure ? insecure : '',
    threadsText(choice),
  );
}

function missText(miss: DeviceMiss): string {
  switch (miss.kind) {
    case 'unknown-backend':
      return misses.unknownBackend(miss.asked);
    case 'unknown-precision':
      return misses.unknownPrecision(miss.asked);
    case 'no-f16':
      return misses.noF16;
    case 'absent':
      return misses.absent(miss);
    case 'failed':
      // What a browser says of its device has a full stop, or has none.
      return misses.failed(miss.backend, miss.why.replace(/[.\s]*$/, '.'));
  }
}

function threadsText({ threads: chosen, threadsMeasured, threadsBarred }: DeviceChoice): string {
  if (threadsBarred) return threads.barred[threadsBarred];
  if (!threadsMeasured) return '';
  const { tried, gain } = threadsMeasured;
  if (gain === null) return chosen > 1 ? threads.fasterThanOne(chosen) : threads.noMoreStarted;
  const rounded = Math.round(10 * gain) / 10;
  return chosen > 1 ? threads.measured(chosen, rounded) : threads.noGain(tried, rounded);
}
