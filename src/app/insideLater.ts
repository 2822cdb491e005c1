/** What looks into nets comes when it is first asked. */
import type { InsideClient } from '../client/insideClient.ts';
import { awaitPart } from './ui/parts/awaitPart.ts';
import { createPart } from './ui/parts/part.ts';

const part = createPart('insideClient', () => import('../client/insideClient.ts'));

/** Looks with the dataset at `url`, an absolute address. */
export function insideLater(url: string): InsideClient {
  let client: InsideClient | undefined;
  let isTraining = false;
  const made = ({ createInsideClient }: Awaited<ReturnType<typeof part.load>>): InsideClient => {
    if (!client) {
      client = createInsideClient(url);
      client.lanesTrain(isTraining);
    }
    return client;
  };
  return {
    open(device) {
      // Where it does not come, whoever looks asks for it anew.
      void part.load().then(
        (loaded) => made(loaded).open(device),
        () => part.retry(),
      );
    },
    look: async (...asked) => made(await awaitPart(part)).look(...asked),
    lanesTrain(train) {
      isTraining = train;
      client?.lanesTrain(train);
    },
  };
}
