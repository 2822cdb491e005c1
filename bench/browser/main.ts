/** The page of the benchmarks: starts workers, and hands calls on to them. Driven by bench/hosts/browser.ts. */
import type { Answer, Call } from '../remote.ts';
import { trainAlone } from './trainAlone.ts';

const workers: Worker[] = [];

const bench = {
  /** Starts a worker; gives its number. */
  spawn(): number {
    workers.push(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
    return workers.length - 1;
  },

  /** Calls a worker's bencher. Only one call of a worker at a time. */
  call(number: number, call: Call): Promise<Answer> {
    const worker = workers[number]!;
    return new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
      worker.onerror = ({ message }) => resolve({ id: call.id, error: `the worker broke: ${message}` });
      worker.postMessage(call);
    });
  },

  terminate: (number: number) => workers[number]!.terminate(),

  trainAlone,
};

export type BenchPage = typeof bench;

Object.assign(globalThis, { bench });
