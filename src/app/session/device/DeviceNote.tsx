import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import { deviceName } from '../../runs/enProvenance.ts';
import { deviceReason } from './deviceReason.ts';
import { device as words } from './enDevice.ts';
import { retry } from './enDeviceReason.ts';

/** What trains and why, and the way back to a device that failed. */
export function DeviceNote() {
  const app = useApp();
  const device = useAppState((state) => state.device);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const missed = (device.kind === 'found' && device.choice.missed) || [];
  const failed = missed.flatMap((miss) => (miss.kind === 'failed' ? [miss.backend] : []));
  return (
    <p className="device-why">
      {device.kind === 'found' && `${deviceName(device.choice)}. ${deviceReason(device.choice)}`}
      {device.kind === 'failed' && device.failure.message}
      {device.kind === 'looking' && words.looking}
      {failed.length > 0 && !live && (
        <>
          {' '}
          <button type="button" className="button-small" onClick={() => void app.retryDevices()}>
            {retry(failed)}
          </button>
        </>
      )}
    </p>
  );
}
