import type { ExperimentConfig } from '../../src/model/config.ts';
import { createExperimentClient } from '../../src/client/client.ts';
import { createTrainWorkerPool } from '../../src/client/trainWorkerPool.ts';
import type { DeviceChoice, StepsEvent } from '../../src/protocol/protocol.ts';

export interface AloneResult {
  /** Steps of all lanes together a second, by the clock on the wall: evaluations count. */
  readonly stepsPerSecond: number;
  /** The share of the lanes' training time in which they waited for a batch, 0 to 1. */
  readonly waiting: number;
}

/** Trains with the real workers and the real dealer, and no page, for `seconds` after every lane has begun. */
export function trainAlone(
  experiment: ExperimentConfig,
  device: DeviceChoice,
  seconds: number,
): Promise<AloneResult> {
  const client = createExperimentClient(
    new URL('datasets/cifar10', location.href).href,
    createTrainWorkerPool(),
  );
  const packs = new Map<string, StepsEvent[]>(experiment.lanes.map(({ id }) => [id, []]));
  return new Promise((resolve, reject) => {
    const running = client.start(experiment, device, (event) => {
      if (event.kind === 'failure') reject(new Error(event.failure.message));
      if (event.kind !== 'run') return;
      if (event.event.kind === 'state' && event.event.state === 'failed') reject(new Error('a lane failed'));
      if (event.event.kind !== 'steps') return;
      const begun = () => [...packs.values()].every((list) => list.length > 0);
      const hadBegun = begun();
      packs.get(event.lane)!.push(event.event);
      if (hadBegun || !begun()) return;
      setTimeout(() => {
        running.dispose();
        resolve(summarise([...packs.values()], seconds));
      }, 1000 * seconds);
    });
  });
}

/** The first pack of each lane is the start, and does not count. */
function summarise(lanes: readonly (readonly StepsEvent[])[], wallSeconds: number): AloneResult {
  let [steps, trained, waited] = [0, 0, 0];
  for (const [first, ...rest] of lanes) {
    const endOf = (pack: StepsEvent | undefined) => pack?.trainingSeconds.at(-1) ?? NaN;
    steps += rest.reduce((sum, { loss }) => sum + loss.length, 0);
    trained += endOf(rest.at(-1)) - endOf(first);
    waited += rest.reduce((sum, { waitingSeconds }) => sum + waitingSeconds, 0);
  }
  return { stepsPerSecond: steps / wallSeconds, waiting: waited / trained };
}
