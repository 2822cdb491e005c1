import type { StartHelper } from './control.ts';

/** Starts a helper in a worker of the browser. The page must be cross-origin isolated. */
export const startHelperWorker: StartHelper = (start, onLost) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./helperWorker.ts', import.meta.url), {
      type: 'module',
      name: `kernels, part ${start.part + 1} of ${start.parts}`,
    });
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) => {
      reject(new Error(`A helper thread did not start: ${message}`));
      onLost(`it broke (${message})`);
    };
    worker.postMessage(start);
  });
