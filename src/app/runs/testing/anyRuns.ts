/** Runs of any content, for property tests. */
import fc from 'fast-check';
import { parseExperiment } from '../../../model/config.ts';
import { prepareRuns } from '../prepareRuns.ts';
import type { Chapter, Evaluation, Run, RunEnd } from '../../state/run.ts';
import type { Provenance } from '../../../protocol/protocol.ts';
import { Series } from '../../state/series.ts';

export const experiment = parseExperiment({
  lanes: [
    { id: 'plain-20', name: 'say "plain", please', model: { depth: 20, block: 'plain', width: 8 } },
    { id: 'lane-1', model: { depth: 20, block: 'basic', shortcut: 'B', width: 8 } },
  ],
  recipe: { steps: 20, batchSize: 16 },
});

const value = fc.double({ noDefaultInfinity: false });
const end: fc.Arbitrary<RunEnd | null> = fc.option(
  fc.record({
    reason: fc.constantFrom('completed', 'stopped', 'diverged', 'error', 'interrupted'),
    divergedAt: fc.option(fc.nat()),
    failure: fc.option(fc.record({ name: fc.string(), message: fc.string() })),
  }),
);
const evaluation = (step: number): fc.Arbitrary<Evaluation> =>
  fc.record({
    step: fc.constant(step),
    images: fc.integer({ min: 1, max: 10_000 }),
    complete: fc.boolean(),
    loss: value,
    error: value,
    seconds: value,
  });

const provenance: fc.Arbitrary<Provenance> = fc.record({
  backend: fc.constantFrom('webgpu', 'wasm', 'cpu'),
  kernels: fc.constantFrom('webgpu-fixed', 'wasm-simd', 'wasm-simd-relaxed', 'composed'),
  threads: fc.integer({ min: 1, max: 64 }),
  adapter: fc.string(),
  precision: fc.constantFrom('f32', 'f16-storage'),
  browser: fc.string(),
});

const chapterOf = (config: Run['config']): fc.Arbitrary<Chapter> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('continued' as const),
      step: fc.nat(),
      when: fc.nat(),
      before: fc.constantFrom(null, config),
    }),
    fc.record({
      kind: fc.constant('branched' as const),
      step: fc.nat(),
      when: fc.nat(),
      run: fc.constant('another run'),
      name: fc.string(),
      before: fc.constantFrom(null, config),
    }),
  );

const anyRun = (run: Run): fc.Arbitrary<Run> =>
  fc.integer({ min: 1, max: 12 }).chain((steps) => {
    const series = (length: number) =>
      fc
        .array(value, { minLength: length, maxLength: length })
        .map((numbers) => Series.empty.append(numbers));
    return fc
      .record({
        loss: series(steps),
        error: series(steps),
        learningRate: series(steps),
        epoch: series(steps),
        trainingSeconds: series(steps),
        wallSeconds: fc.oneof(fc.constant(Series.empty), series(steps)),
        pauses: fc.array(fc.nat()),
        imagesPerSecond: series(2),
        evaluations: fc.tuple(...[3, 6, 9].filter((step) => step <= steps).map(evaluation)),
        end,
        name: fc.string(),
        startedFrom: fc.option(fc.string()),
        provenance: fc.option(provenance),
        history: fc.array(chapterOf(run.config), { maxLength: 2 }),
        tags: fc.array(fc.string({ maxLength: 40 }), { maxLength: 3 }),
        note: fc.string(),
        created: fc.option(fc.nat()),
      })
      .map((content) => ({
        ...run,
        ...content,
        step: steps,
        speedSteps: Series.empty.append([1, steps]),
        state: content.end ? 'ended' : 'paused',
      }));
  });

export const anyRuns: fc.Arbitrary<readonly Run[]> = fc.tuple(
  ...prepareRuns(experiment, 1, () => '').map(anyRun),
);

/** What a file is to keep of a run, as plain arrays that can be compared. */
export const contentOf = (run: Run) => ({
  name: run.name,
  config: run.config,
  step: run.step,
  end: run.end,
  startedFrom: run.startedFrom,
  provenance: run.provenance,
  loss: [...run.loss.values],
  error: [...run.error.values],
  learningRate: [...run.learningRate.values],
  epoch: [...run.epoch.values],
  trainingSeconds: [...run.trainingSeconds.values],
  wallSeconds: [...run.wallSeconds.values],
  pauses: run.pauses,
  speed: [[...run.speedSteps.values], [...run.imagesPerSecond.values]],
  evaluations: run.evaluations,
  history: run.history,
  tags: run.tags,
  note: run.note,
  created: run.created,
});
