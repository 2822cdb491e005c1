/** PyTorch in a process of its own, where a python3 with torch is found. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BATCH_NORM_EPSILON } from '../../src/kernels/ops.ts';
import type { Racer } from '../race.ts';
import { LEARNING_RATE, MOMENTUM, type Net, createSpecimen, weightsOfLayer } from '../rivals/specimen.ts';

const script = fileURLToPath(new URL('../rivals/pytorch.py', import.meta.url));
const base64 = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** A python with torch: PYTHON, or one of the usual names; null where there is none. */
export function findPyTorch(): string | null {
  const names = [process.env['PYTHON'], 'python3', '/usr/bin/python3', 'python'].filter(
    (name) => name !== undefined,
  );
  const works = (name: string) =>
    spawnSync(name, ['-c', 'import torch'], { stdio: 'ignore', timeout: 60_000 }).status === 0;
  return names.find(works) ?? null;
}

export interface PyTorchOptions {
  /** CPU threads. */
  readonly threads: number;
  /** By default CUDA where PyTorch has it. */
  readonly device?: 'cpu' | 'cuda';
}

/** The line that rivals/pytorch.py begins with. */
function describe(net: Net, { threads, device }: PyTorchOptions): string {
  const specimen = createSpecimen(net);
  const { graph, batch } = specimen;
  const weights = graph.layers.map((_, i) =>
    weightsOfLayer(specimen, i).map(({ shape, values }) => ({ shape, values: base64(values) })),
  );
  return JSON.stringify({
    layers: graph.layers,
    weights,
    images: base64(batch.images),
    labels: base64(batch.labels),
    threads,
    device: device ?? null,
    learningRate: LEARNING_RATE,
    momentum: MOMENTUM,
    epsilon: BATCH_NORM_EPSILON,
  });
}

type Answer = { readonly device: string } | { readonly milliseconds: number; readonly loss: number };

export function pyTorchRacer(python: string, net: Net, options: PyTorchOptions): Racer {
  return {
    label:
      options.device === 'cpu'
        ? `PyTorch, ${options.threads} ${options.threads === 1 ? 'thread' : 'threads'}`
        : 'PyTorch',
    open: async () => {
      const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const ask = async (line: string) => {
        child.stdin.write(`${line}\n`);
        const next: IteratorResult<string, undefined> = await lines.next();
        if (next.done) throw new Error('PyTorch ended; see above.');
        return JSON.parse(next.value) as Answer;
      };
      const first = await ask(describe(net, options));
      return {
        about: 'device' in first ? first.device : '',
        async step() {
          const answer = await ask('step');
          if (!('loss' in answer)) throw new Error('PyTorch answered something else.');
          return answer;
        },
        end: () => Promise.resolve(void child.kill()),
      };
    },
  };
}
