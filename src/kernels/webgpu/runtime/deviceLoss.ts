import { DeviceLostError } from '../../deviceLostError.ts';

/** The error of a device that was lost: for what reason, in words. */
export function deviceLoss({ reason, message }: GPUDeviceLostInfo): DeviceLostError {
  const how = reason === 'destroyed' ? 'was destroyed' : 'was lost';
  const why = message.trim().replace(/\.$/, '');
  return new DeviceLostError(`The WebGPU device ${how} while it trained${why ? `: ${why}` : ''}.`);
}

/** Milliseconds after a command that failed within which the browser tells that the device is lost. */
const TOLD_WITHIN = 1000;

/** Why a command to the device failed: that the device is lost, which is told a moment later, or else `error` itself. */
export async function reasonFor(error: unknown, device: GPUDevice): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, TOLD_WITHIN, null)));
  const lost = await Promise.race([device.lost, late]);
  clearTimeout(timer);
  return lost ? deviceLoss(lost) : error;
}
