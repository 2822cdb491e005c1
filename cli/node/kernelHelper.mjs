/** A helper of the WASM kernels in a thread of Node: wiring only. JavaScript, because no loader is there yet. */
import { parentPort, workerData } from 'node:worker_threads';
import { tsImport } from 'tsx/esm/api';

const { help } = await tsImport('../../src/kernels/wasm/threads/help.ts', import.meta.url);
help(workerData, () => parentPort.postMessage('ready'));
