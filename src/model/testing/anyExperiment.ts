/** Experiments of any content, for property tests. */
import fc from 'fast-check';
import { parseExperiment, type ExperimentConfig } from '../config.ts';

const positive = fc.oneof(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), fc.constantFrom(1e-12, 1e6, 0.1));
const rate = fc.oneof(positive, fc.constantFrom(1e-12, 1e30));
const channelValues = (min: number) =>
  fc.tuple(...([0, 1, 2] as const).map(() => fc.double({ min, max: 1, noNaN: true })));

const model = fc
  .record({
    block: fc.constantFrom('plain', 'basic', 'bottleneck'),
    n: fc.integer({ min: 1, max: 100 }),
    shortcut: fc.constantFrom('A', 'B', 'C'),
    width: fc.integer({ min: 1, max: 256 }),
  })
  .map(({ n, ...rest }) => ({ ...rest, depth: 2 + n * (rest.block === 'bottleneck' ? 9 : 6) }));

const warmUp = fc.option(
  fc.oneof(
    fc.record({ learningRate: rate, steps: fc.integer({ min: 1, max: 1e9 }) }),
    fc.record({ learningRate: rate, untilError: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
  ),
  { nil: undefined },
);
const schedule = fc
  .tuple(
    fc.oneof(
      fc.constantFrom({ type: 'constant' }, { type: 'cosine' }),
      fc.record({
        type: fc.constant('steps'),
        milestones: fc.array(fc.integer({ min: 1, max: 1e9 }), { maxLength: 64 }),
        factor: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      }),
    ),
    warmUp,
  )
  .map(([kind, warm]) => ({ ...kind, ...(warm && { warmUp: warm }) }));

const optimizer = fc.record({
  type: fc.constantFrom('sgd', 'adam', 'rmsprop'),
  learningRate: rate,
  weightDecay: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
  momentum: fc.double({ min: 0, max: 0.999, noNaN: true }).map(Math.abs),
  decayNormalisation: fc.boolean(),
});

const recipe = fc
  .record({
    budget: fc.oneof(
      fc.record({ steps: fc.integer({ min: 1, max: 1e9 }) }),
      fc.record({ epochs: positive }),
      fc.record({ minutes: positive }),
    ),
    optimizer,
    schedule,
    labelSmoothing: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true }).map(Math.abs)),
    batchSize: fc.integer({ min: 1, max: 1024 }),
    recompute: fc.boolean(),
    seed: fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER - 19)),
    augment: fc.constantFrom('none', 'paper'),
    normalisation: fc.oneof(
      fc.constantFrom('per-pixel-mean', 'channel'),
      fc.record({ mean: channelValues(0).map((v) => v.map(Math.abs)), std: channelValues(0.01) }),
    ),
    order: fc.constantFrom('shuffled', 'sequential'),
    evaluation: fc.record({
      every: fc.nat({ max: 1e9 }),
      images: fc.integer({ min: 1, max: 10_000 }),
      atEnd: fc.boolean(),
    }),
  })
  .map(({ budget, ...rest }) => ({ ...rest, ...budget }));

/** Where each lane goes on from: the lane so many places before it, at a share of its steps; null where it begins at its seed. */
const origin = fc.option(
  fc.record({
    back: fc.integer({ min: 1, max: 4 }),
    share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    changes: fc.record(
      {
        batchSize: fc.integer({ min: 1, max: 1024 }),
        augment: fc.constantFrom('none', 'paper'),
        seed: fc.nat(),
      },
      { requiredKeys: [] },
    ),
    more: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
  }),
  { nil: null },
);

/** Any experiment that is sound, at the bounds of what is, too. */
export const anyExperiment: fc.Arbitrary<ExperimentConfig> = fc
  .record({
    lanes: fc.uniqueArray(
      fc.record({
        id: fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,24}$/), fc.constantFrom('constructor', 'plain-20', '1')),
        name: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).map((name) =>
          Array.from(name)
            .filter((_, i) => i < 20)
            .join('')
            .trim(),
        ),
        model,
        optimizer: fc.option(optimizer, { nil: undefined }),
        warmUp,
      }),
      { minLength: 1, maxLength: 16, selector: (lane) => lane.id },
    ),
    recipe,
    pace: fc.constantFrom('lockstep', 'free'),
    seeds: fc.integer({ min: 1, max: 20 }),
    origins: fc.array(origin, { maxLength: 16 }),
  })
  .map(({ origins, ...experiment }) => {
    const { steps } = experiment.recipe as { readonly steps?: number };
    const lanes: object[] = [];
    for (const [i, lane] of experiment.lanes.entries()) {
      const from = origins[i];
      const parent = from && experiment.lanes[i - from.back];
      // Only of lanes that begin at their seed: their steps are those of the recipe.
      if (!parent || origins[i - from.back]) {
        origins[i] = null;
        lanes.push(lane);
        continue;
      }
      const step = Math.floor(from.share * Math.min(steps ?? 1e6, 1e6));
      const changes = {
        ...from.changes,
        ...(steps !== undefined && from.more && { steps: step + from.more }),
      };
      lanes.push({ ...lane, model: parent.model, from: { lane: parent.id, step, changes } });
    }
    return parseExperiment({ ...experiment, lanes });
  });
