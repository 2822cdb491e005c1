/** A device cannot be used: which, and why. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
}
