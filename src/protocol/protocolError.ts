/** A worker was sent what it cannot do: page and worker are of different versions, or the order is wrong. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
