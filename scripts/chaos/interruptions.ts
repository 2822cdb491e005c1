/** What happens to laptops, done to a page that trains. */
import type { Random } from '../../src/model/random.ts';
import type { Home } from './home.ts';

export const kinds = [
  'reload',
  'worker',
  'dataWorker',
  'close',
  'kill',
  'quota',
  'fetch',
  'crash',
  'freeze',
] as const;
/** `device`: the WebGPU device is destroyed. */
export type Kind = (typeof kinds)[number] | 'device';

/** Does it, and gives what mends it from outside, as a network that comes back; null where nothing is to be mended. */
export async function interrupt(kind: Kind, home: Home, random: Random): Promise<Mend | null> {
  const { url } = home.options;
  // With the experiment in the address as in a tab that comes back, or as who comes by the site's own address.
  const address = random.uniform() < 0.5 ? url : url.replace(/#.*$/, '');
  switch (kind) {
    case 'reload':
      await home.page.reload();
      return null;
    case 'worker':
      await terminate(home, 'training', random.integer(2));
      return null;
    case 'dataWorker':
      await terminate(home, 'data', 0);
      return null;
    case 'close':
      await home.close();
      await home.open(address);
      return null;
    case 'kill':
      await home.kill();
      await home.open(address);
      return null;
    case 'quota':
      return noRoom(home, random);
    case 'fetch': {
      const shards = '**/datasets/**/*.png';
      await home.context.route(shards, (route) => route.abort('internetdisconnected'));
      await home.page.reload();
      return () => home.context.unroute(shards);
    }
    case 'crash': {
      const session = await home.context.newCDPSession(home.page);
      const crashed = new Promise((resolve) => home.page.once('crash', resolve));
      // Who is gone does not answer.
      void session.send('Page.crash').catch(() => undefined);
      await crashed;
      await home.openPage(address);
      return null;
    }
    case 'freeze': {
      const session = await home.context.newCDPSession(home.page);
      await session.send('Page.setWebLifecycleState', { state: 'frozen' });
      return async () => {
        await session.send('Page.setWebLifecycleState', { state: 'active' });
      };
    }
    case 'device':
      await destroyDevice(home, random);
      return null;
  }
}

export type Mend = () => Promise<void>;

/** Ends one of the page's workers behind its back. */
async function terminate(home: Home, name: string, which: number): Promise<void> {
  await home.page.evaluate(
    ({ name: wanted, which: chosen }) => {
      const workers = window.chaosWorkers.filter((one) => one.name === wanted);
      // The last that were begun are those that train.
      workers[Math.max(0, workers.length - 1 - chosen)]?.worker.terminate();
    },
    { name, which },
  );
}

/** There is no room for anything more, and in one case of two the page is loaded again meanwhile. */
async function noRoom(home: Home, random: Random): Promise<() => Promise<void>> {
  const { origin } = new URL(home.options.url);
  const limit = async (quotaSize?: number) => {
    const session = await home.context.newCDPSession(home.page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin,
      ...(quotaSize !== undefined && { quotaSize }),
    });
    return session;
  };
  // The override lasts as long as the session that asked for it.
  const session = await limit(1);
  if (random.uniform() < 0.5) {
    await home.page.waitForTimeout(2500);
    await home.page.reload();
  }
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await session.detach();
  };
}

async function destroyDevice(home: Home, random: Random): Promise<void> {
  const workers = home.page.workers().filter((worker) => worker.url().includes('trainWorker'));
  const first = random.integer(Math.max(1, workers.length));
  for (const worker of [...workers.slice(first), ...workers.slice(0, first)]) {
    const isDone = await worker
      .evaluate(() => {
        const { chaosDevice } = self as unknown as { chaosDevice?: GPUDevice };
        chaosDevice?.destroy();
        return chaosDevice !== undefined;
      })
      .catch(() => false);
    if (isDone) return;
  }
}
