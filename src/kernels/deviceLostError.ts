import { OpsGoneError } from './ops.ts';

/** The device was there, and was lost while it trained: what it held is gone. */
export class DeviceLostError extends OpsGoneError {
  override readonly name = 'DeviceLostError';
}
