/** What looks into nets does to the page. */
import type { StoreApi } from 'zustand/vanilla';
import type { InsideClient } from '../../client/insideClient.ts';
import type { DeviceChoice } from '../../protocol/protocol.ts';
import type { AppState } from '../state/AppState.ts';
import type { InsideActions } from '../state/inside.ts';
import { isLive, phaseOf } from '../state/training.ts';
import type { RunKeeping } from '../state/keeping.ts';

interface InsideServices {
  readonly inside: InsideClient;
  readonly keeping: Pick<RunKeeping, 'checkpointOf'>;
}

export function createInsideActions(
  store: StoreApi<AppState>,
  { inside, keeping }: InsideServices,
  findDevice: (lanes: number) => Promise<DeviceChoice>,
): InsideActions {
  store.subscribe(({ training }) => {
    const phase = phaseOf(training);
    inside.lanesTrain(phase === 'starting' || phase === 'running');
  });
  return {
    setInside: (patch) => store.setState((state) => ({ inside: { ...state.inside, ...patch } })),
    readyToLook() {
      const { device, training } = store.getState();
      // Lanes that train keep the processor until somebody looks.
      if (device.kind === 'found' && !isLive(phaseOf(training))) inside.open(device.choice);
    },
    momentFile: (run, step) => keeping.checkpointOf(run, step),
    async look(view, nets, question, options) {
      const { device } = store.getState();
      const choice = device.kind === 'found' ? device.choice : await findDevice(1);
      return inside.look(choice, view, nets, question, options);
    },
  };
}
