/** Starts the workers' scripts. Vite finds workers by these expressions. */
export const spawnDataWorker = () =>
  new Worker(new URL('../workers/data/dataWorker.ts', import.meta.url), { type: 'module', name: 'data' });

export const spawnTrainWorker = () =>
  new Worker(new URL('../workers/train/trainWorker.ts', import.meta.url), {
    type: 'module',
    name: 'training',
  });

export const spawnKeepDataWorker = () =>
  new Worker(new URL('../workers/keepData/keepDataWorker.ts', import.meta.url), {
    type: 'module',
    name: 'keep-data',
  });

/** The same script as training's: see there. */
export const spawnInsideWorker = () =>
  new Worker(new URL('../workers/train/trainWorker.ts', import.meta.url), {
    type: 'module',
    name: 'inside',
  });
