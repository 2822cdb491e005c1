/** The device was there, and was lost while it trained: what it held is gone. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}
