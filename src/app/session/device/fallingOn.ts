import type { ClientEvent } from '../../../client/clientTypes.ts';
import type { Failure } from '../../../protocol/protocol.ts';

/**
 * Hands a client's events on to `emit`. Where a device fails before any lane has taken a step, `fallOn` is asked first: if it gives true,
 * the experiment begins anew on another device, and nothing more of this client is told.
 */
export function fallingOn(
  emit: (event: ClientEvent) => void,
  fallOn: (failure: Failure) => boolean,
): (event: ClientEvent) => void {
  let begun = false;
  let left = false;
  return (event) => {
    if (left) return;
    if (event.kind === 'run' && event.event.kind === 'steps') begun = true;
    const failure = begun ? null : deviceFailureOf(event);
    left = failure !== null && fallOn(failure);
    if (!left) emit(event);
  };
}

function deviceFailureOf(event: ClientEvent): Failure | null {
  if (event.kind !== 'run' || event.event.kind !== 'state') return null;
  const { failure } = event.event;
  return failure?.name === 'DeviceError' ? failure : null;
}
