/** Benchers in processes of Node: WASM, and WebGPU over Dawn. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bencher } from '../bencher.ts';
import { type Answer, createRemote } from '../remote.ts';
import type { Host } from './host.ts';

const script = fileURLToPath(new URL('./nodeProcess.ts', import.meta.url));

export function openNode(): Host {
  const running = new Set<() => Promise<void>>();
  return {
    device: `Node ${process.versions.node}`,
    async spawn() {
      const child = fork(script, {
        execArgv: ['--import', 'tsx'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const { remote, hear, fail } = createRemote<Bencher>((call) => child.send(call));
      child.on('message', (answer) => hear(answer as Answer));
      const gone = new Promise<void>((resolve) => {
        child.on('exit', (code, signal) => {
          fail(`the process ended with ${signal ?? `exit status ${code ?? 'none'}`}`);
          resolve();
        });
      });
      const end = async () => {
        running.delete(end);
        child.kill('SIGKILL');
        await gone;
      };
      running.add(end);
      return Promise.resolve({ bencher: remote, end });
    },
    async close() {
      await Promise.all([...running].map((end) => end()));
    },
  };
}
