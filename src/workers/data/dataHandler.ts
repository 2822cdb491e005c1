/** What the data worker does with its commands; it needs no worker, only a way to post and to fetch. */
import { openDataset, type Dataset } from '../../data/dataset.ts';
import { Dealer, type Lane } from '../../data/dealer.ts';
import type { DatasetFetch } from '../../data/fetchFile.ts';
import { Patience, type Connection } from '../../data/patience.ts';
import type { ShardStore } from '../../data/shardStore.ts';
import type { DataWait } from '../../protocol/source.ts';
import { toFailure } from '../../protocol/failure.ts';
import { serveLane } from './laneServer.ts';
import { PROTOCOL_VERSION, type DataCommand, type DataMessage } from '../../protocol/protocol.ts';
import { ProtocolError } from '../../protocol/protocolError.ts';

type OpenCommand = Extract<DataCommand, { kind: 'open' }>;

/**
 * Handles the page's commands, `open` first, but for `warm`. If the dataset cannot be opened, the page gets one `failure` and every
 * lane's requests are answered with the same; what goes wrong later is told to the lanes that need it. With a `connection`, what the network
 * keeps back is asked for again, and said once the data is wanted; in `store` stays what is used.
 */
export function createDataHandler(
  post: (message: DataMessage) => void,
  fetch: DatasetFetch,
  connection?: Connection,
  holdLife?: (name: string) => Promise<void>,
  store: ShardStore | null = null,
): (command: DataCommand) => void {
  let dataset: Promise<Dataset> | undefined;
  let dealer: Promise<Dealer> | undefined;
  const lanes = new Map<string, Promise<Lane>>();
  let wait: DataWait | null = null;
  const patience = connection && new Patience(connection, (now) => sayWait(now));
  /** While nothing is to be trained, nobody waits. */
  function sayWait(now: DataWait | null): void {
    wait = now;
    if (dealer) post({ kind: 'waiting', wait });
  }
  const fail = (error: unknown) => post({ kind: 'failure', failure: toFailure(error) });

  /** A failure is forgotten: asking again tries again. */
  function datasetAt(url: string): Promise<Dataset> {
    if (dataset) return dataset;
    const opening = openDataset({
      url,
      fetch,
      store,
      ...(patience && { patience }),
      onProgress: (progress) => post({ kind: 'progress', ...progress }),
    });
    opening.catch(() => (dataset = undefined));
    return (dataset = opening);
  }

  async function open({ version, url, recipe, pace, lanes }: OpenCommand): Promise<Dealer> {
    // The types say that it is equal; a page left open over an update sends another.
    if ((version as number) !== PROTOCOL_VERSION) {
      throw new ProtocolError('The page and its data worker are of different versions: load the page again.');
    }
    const opened = await datasetAt(url);
    return new Dealer(opened, recipe, { pace, lanes, onBegun: (next) => opened.loadAll(recipe, next) });
  }

  return (command) => {
    switch (command.kind) {
      case 'warm':
        datasetAt(command.url)
          .then((opened) => opened.loadFirst(command.order, command.from))
          // Whoever needs it asks again, and is told.
          .catch(() => {});
        return;
      case 'open':
        if (dealer) return fail(new ProtocolError('The data worker was opened twice.'));
        dealer = open(command);
        if (command.life !== undefined) void holdLife?.(command.life).then(() => post({ kind: 'alive' }));
        dealer.catch(fail);
        if (wait) sayWait(wait);
        patience?.wake();
        return;
      case 'addLane': {
        const opened =
          dealer ?? Promise.reject<Dealer>(new ProtocolError('A lane was added before the data was opened.'));
        if (!dealer) opened.catch(fail);
        const lane = opened.then((ready) => ready.addLane(command.from, command.batches));
        lanes.set(command.lane, lane);
        return serveLane(command.port, lane, () => post({ kind: 'laneLost', lane: command.lane }));
      }
      case 'removeLane':
        // A lane that never was there need not leave.
        lanes
          .get(command.lane)
          ?.then((lane) => lane.leave())
          .catch(() => {});
        return;
      case 'ping':
        post({ kind: 'pong' });
        return;
    }
  };
}
