import type { Failure } from '../protocol/protocol.ts';

/** A worker broke, ended, or had to be ended. */
export const workerFailure = (message: string): Failure => ({ name: 'WorkerError', message });

/** What the browser says of a worker that broke: an error nobody caught, or no memory, or a script that did not load. */
export function brokenWorker(
  which: 'data' | 'training' | 'inside',
  { message }: Pick<ErrorEvent, 'message'>,
): Failure {
  const detail = message ? `: ${message.replace(/\.$/, '')}` : ', or its script could not be loaded';
  const worker = which === 'inside' ? 'worker that looks into nets' : `${which} worker`;
  return workerFailure(`The ${worker} broke${detail}.`);
}
