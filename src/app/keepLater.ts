/** What keeps runs comes once the page stands: until then what is to be kept waits. */
import type { KeptCheckpoint } from '../protocol/protocol.ts';
import { noKeeping, type RunKeeping } from './state/keeping.ts';

export interface KeepLater {
  readonly keeping: RunKeeping;
  /** Hands over to `opened`; null where nothing can be kept. */
  readonly follow: (opened: Promise<RunKeeping | null>) => void;
}

export function keepLater(): KeepLater {
  let waiting: { run: string; made: KeptCheckpoint }[] = [];
  let hand: (opened: Promise<RunKeeping | null>) => void = () => undefined;
  const opened = new Promise<RunKeeping | null>((resolve) => {
    hand = (given) => {
      given.then(resolve, () => resolve(null));
    };
  });
  let there: RunKeeping | null = null;
  void opened.then((keeping) => {
    there = keeping ?? noKeeping;
    for (const { run, made } of waiting) there.keepCheckpoint(run, made);
    waiting = [];
  });
  const whenThere = async () => (await opened) ?? noKeeping;
  return {
    keeping: {
      keepCheckpoint(run, made) {
        if (there) there.keepCheckpoint(run, made);
        else waiting.push({ run, made });
      },
      checkpointOf: async (run, step, config) => (await whenThere()).checkpointOf(run, step, config),
      stateOf: async (run, step) => (await whenThere()).stateOf(run, step),
      claim: async (runs) => (await whenThere()).claim(runs),
      load: async (runs) => (await whenThere()).load(runs),
      read: async (runs) => (await whenThere()).read(runs),
      // At once where it can be: the view must not be written before its picture is there.
      keepPicture: (...given) =>
        there?.keepPicture(...given) ?? whenThere().then((keeping) => keeping.keepPicture(...given)),
      pictureOf: async (run, view) => (await whenThere()).pictureOf(run, view),
      archives: {
        sizes: async () => (await whenThere()).archives.sizes(),
        save: async (options) => (await whenThere()).archives.save(options),
        bringIn: async (file, name, waiting) => (await whenThere()).archives.bringIn(file, name, waiting),
      },
    },
    follow: (given) => hand(given),
  };
}
