/** What looks into nets comes when it is first asked. */
import type { InsideClient } from '../client/insideClient.ts';
import { awaitPart } from './ui/parts/awaitPart.ts';
import { createPart } from './ui/parts/part.ts';

const part = createPart('insideClient', () => import('../client/insideClient.ts'));

/** Looks with the dataset at `url`, an absolute address. */
export function insideLater(url: string): InsideClient {
  let client: InsideClient | undefined;
  return {
    async look(...asked) {
      const { createInsideClient } = await awaitPart(part);
      return (client ??= createInsideClient(url)).look(...asked);
    },
  };
}
