import { OpsGoneError } from './ops.ts';

/** A device cannot be used: which, and why. */
export class DeviceError extends OpsGoneError {
  override readonly name = 'DeviceError';
}
