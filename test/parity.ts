/** PyTorch's word on what training gives: test/fixtures/parity, made by make.py there. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openLane } from '../cli/node/openLane.ts';
import type { TensorLike, TrainingOps } from '../src/kernels/ops.ts';
import { parseRun } from '../src/model/config.ts';
import type { RunEvent } from '../src/protocol/events.ts';
import { Session } from '../src/training/session.ts';
import { Trainer } from '../src/training/trainer.ts';
import { normsByName } from '../src/training/weights.ts';

export const parityNames = ['residual8-A', 'residual8-A-smoothed', 'plain8', 'residual8-B-adam'] as const;
export type ParityName = (typeof parityNames)[number];

export interface ParityFixture {
  readonly config: object;
  /** Whose initial weights it has; its own if absent. */
  readonly weights?: ParityName;
  readonly loss: readonly number[];
  readonly error: readonly number[];
  readonly gradient_norm_first_step: Readonly<Record<string, number>>;
  readonly weight_norm_after: Readonly<Record<string, number>>;
  readonly eval_mode_loss_on_last_batch_after_training: number;
}

const path = (file: string) => fileURLToPath(new URL(`./fixtures/parity/${file}`, import.meta.url));
export const weightsPath = (name: ParityName) => path(`${readParity(name).weights ?? name}.init.safetensors`);
export const readParity = (name: ParityName) =>
  JSON.parse(readFileSync(path(`${name}.expected.json`), 'utf8')) as ParityFixture;

export function readBuffer(file: string): ArrayBuffer {
  return Uint8Array.from(readFileSync(file)).buffer;
}

/** |a / b - 1|, the largest over the keys of `expected`. */
export function relativeError(
  actual: ReadonlyMap<string, number>,
  expected: Readonly<Record<string, number>>,
) {
  const errors = Object.entries(expected).map(([key, value]) =>
    Math.abs((actual.get(key) ?? NaN) / value - 1),
  );
  return errors.reduce((worst, error) => (error > worst || Number.isNaN(error) ? error : worst), 0);
}

export interface ParityOptions {
  /** Why the backend is not there; then the tests are skipped and their name says so. */
  readonly missing?: string | null;
  /** Only this many of the fixtures' steps, where a step takes seconds; the weights afterwards are not compared. */
  readonly steps?: number;
  /** Which fixtures; all without it. */
  readonly names?: readonly ParityName[];
  /** Relative, for losses and for norms of gradients and weights. */
  readonly tolerance?: { readonly loss: number; readonly norms: number };
}

const FLOAT32 = { loss: 1e-3, norms: 1e-4 };

/** The fixtures through a session on a backend. `createOps` is called once, before the first test. */
export function describeParity<T extends TensorLike>(
  backend: string,
  createOps: () => Promise<TrainingOps<T>>,
  { missing = null, steps: limit, names = parityNames, tolerance = FLOAT32 }: ParityOptions = {},
): void {
  const title = `training as PyTorch does, on ${backend}${missing === null ? '' : ` (SKIPPED: ${missing})`}`;
  describe.skipIf(missing !== null)(title, () => {
    let ops: TrainingOps<T>;
    beforeAll(async () => {
      ops = await createOps();
    });

    const extent = limit === undefined ? '' : ` (first ${limit} steps)`;
    const within = `losses within ${tolerance.loss}, norms within ${tolerance.norms}, relative`;
    it.each(names)(`%s${extent}: ${within}`, async (name) => {
      const expected = readParity(name);
      const run = parseRun({
        ...expected.config,
        ...(limit && { steps: limit }),
        evaluation: { atEnd: false },
      });
      const events: RunEvent[] = [];
      const session = new Session({
        run,
        ops,
        source: await openLane(run),
        emit: (event) => events.push(event),
        clock: { seconds: () => 0 },
        gradientNorms: true,
        weights: readBuffer(weightsPath(name)),
      });
      await session.start();
      const after = await session.safetensors();
      session.dispose();

      const steps = events.filter((event) => event.kind === 'steps');
      const losses = steps.flatMap(({ loss }) => [...loss]);
      expect(losses).toHaveLength(limit ?? expected.loss.length);
      losses.forEach((loss, i) => {
        expect(Math.abs(loss / expected.loss[i]! - 1)).toBeLessThan(tolerance.loss);
      });
      expect(steps.flatMap(({ error }) => [...error])).toEqual(expected.error.slice(0, limit));
      const first = events.find((event) => event.kind === 'gradientNorms');
      const norms = new Map(first?.names.map((key, i) => [key, first.norms[i]!]));
      expect(first?.step).toBe(1);
      expect(relativeError(norms, expected.gradient_norm_first_step)).toBeLessThan(tolerance.norms);
      if (limit !== undefined) return;

      const trainer = new Trainer(ops, run, after);
      const { parameters } = await trainer.weights();
      const weightNorms = normsByName(trainer.graph, trainer.layout, parameters);
      expect(relativeError(weightNorms, expected.weight_norm_after)).toBeLessThan(tolerance.norms);

      // The running statistics show only in evaluation: the last batch once more, as PyTorch's eval() sees it.
      const last = await batchOf(run, expected.loss.length);
      const score = await trainer.evaluate(oneBatch(last));
      trainer.dispose();
      expect(Math.abs(score!.loss / expected.eval_mode_loss_on_last_batch_after_training - 1)).toBeLessThan(
        2e-3,
      );
    });
  });
}

async function batchOf(run: ReturnType<typeof parseRun>, count: number) {
  const lane = await openLane(run);
  let batch = await lane.next();
  for (let i = 1; i < count; i++) batch = await lane.next();
  return batch;
}

// eslint-disable-next-line @typescript-eslint/require-await -- an async iterable is what evaluate takes
async function* oneBatch<B>(batch: B): AsyncGenerator<B> {
  yield batch;
}
