/** What the data worker does with its commands; it needs no worker, only a way to post and to fetch. */
import { openDataset } from '../data/dataset.ts';
import { Dealer, type Lane } from '../data/dealer.ts';
import type { DatasetFetch } from '../data/shards.ts';
import { toFailure } from '../training/failure.ts';
import { serveLane } from './laneServer.ts';
import { PROTOCOL_VERSION, type DataCommand, type DataMessage } from './protocol.ts';
import { ProtocolError } from './protocolError.ts';

type OpenCommand = Extract<DataCommand, { kind: 'open' }>;

/**
 * Handles the page's commands, `open` first. If the dataset cannot be opened, the page gets one `failure` and every
 * lane's requests are answered with the same; what goes wrong later is told to the lanes that need it.
 */
export function createDataHandler(
  post: (message: DataMessage) => void,
  fetch: DatasetFetch,
): (command: DataCommand) => void {
  let dealer: Promise<Dealer> | undefined;
  const lanes = new Map<string, Promise<Lane>>();
  const fail = (error: unknown) => post({ kind: 'failure', failure: toFailure(error) });

  return (command) => {
    switch (command.kind) {
      case 'open':
        if (dealer) return fail(new ProtocolError('The data worker was opened twice.'));
        dealer = open(command, fetch, post);
        dealer.catch(fail);
        return;
      case 'addLane': {
        const opened =
          dealer ?? Promise.reject<Dealer>(new ProtocolError('A lane was added before the data was opened.'));
        if (!dealer) opened.catch(fail);
        const lane = opened.then((ready) => ready.addLane());
        lanes.set(command.lane, lane);
        return serveLane(command.port, lane);
      }
      case 'removeLane':
        // A lane that never was there need not leave.
        lanes
          .get(command.lane)
          ?.then((lane) => lane.leave())
          .catch(() => {});
        return;
    }
  };
}

async function open(
  { version, url, recipe, pace, lanes }: OpenCommand,
  fetch: DatasetFetch,
  post: (message: DataMessage) => void,
): Promise<Dealer> {
  // The types say that it is equal; a page left open over an update sends another.
  if ((version as number) !== PROTOCOL_VERSION) {
    throw new ProtocolError('The page and its data worker are of different versions: load the page again.');
  }
  const dataset = await openDataset({
    url,
    fetch,
    preload: recipe,
    onProgress: (progress) => post({ kind: 'progress', ...progress }),
  });
  return new Dealer(dataset, recipe, { pace, lanes });
}
