import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExperiment, type ExperimentConfig } from './config.ts';
import { decodeExperiment, encodeExperiment, isExperimentLink, LinkError } from './link.ts';
import { classroomExperiment, defaultExperiment, paperExperiment, presets } from './presets.ts';

const roundTrip = (experiment: ExperimentConfig) => decodeExperiment(`#${encodeExperiment(experiment)}`);

const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
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
    fc.record({ learningRate: positive, steps: fc.integer({ min: 1, max: 1e6 }) }),
    fc.record({ learningRate: positive, untilError: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
  ),
  { nil: undefined },
);
const schedule = fc
  .tuple(
    fc.oneof(
      fc.constantFrom({ type: 'constant' }, { type: 'cosine' }),
      fc.record({
        type: fc.constant('steps'),
        milestones: fc.array(fc.integer({ min: 1, max: 1e6 }), { maxLength: 4 }),
        factor: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      }),
    ),
    warmUp,
  )
  .map(([kind, warm]) => ({ ...kind, ...(warm && { warmUp: warm }) }));

const recipe = fc
  .record({
    budget: fc.oneof(
      fc.record({ steps: fc.integer({ min: 1, max: 1e6 }) }),
      fc.record({ epochs: positive }),
      fc.record({ minutes: positive }),
    ),
    optimizer: fc.record({
      type: fc.constantFrom('sgd', 'adam', 'rmsprop'),
      learningRate: positive,
      weightDecay: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
      momentum: fc.double({ min: 0, max: 0.999, noNaN: true }).map(Math.abs),
      decayNormalisation: fc.boolean(),
    }),
    schedule,
    batchSize: fc.integer({ min: 1, max: 1024 }),
    seed: fc.nat(),
    augment: fc.constantFrom('none', 'paper'),
    normalisation: fc.oneof(
      fc.constantFrom('per-pixel-mean', 'channel'),
      fc.record({ mean: channelValues(0).map((v) => v.map(Math.abs)), std: channelValues(0.01) }),
    ),
    order: fc.constantFrom('shuffled', 'sequential'),
    evaluation: fc.record({
      every: fc.nat({ max: 1000 }),
      images: fc.integer({ min: 1, max: 10_000 }),
      atEnd: fc.boolean(),
    }),
  })
  .map(({ budget, ...rest }) => ({ ...rest, ...budget }));

const experiment = fc
  .record({
    lanes: fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z0-9-]{1,24}$/),
        name: fc
          .string({ unit: 'grapheme', maxLength: 40 })
          .map((name) => name.slice(0, 40).replace(/[\ud800-\udfff]/g, '')),
        model,
      }),
      { minLength: 1, maxLength: 16, selector: (lane) => lane.id },
    ),
    recipe,
    pace: fc.constantFrom('lockstep', 'free'),
    seeds: fc.integer({ min: 1, max: 20 }),
  })
  .map(parseExperiment);

test('every sound experiment comes back as it was', () => {
  fc.assert(
    fc.property(experiment, (one) => {
      expect(roundTrip(one)).toEqual(one);
    }),
    { numRuns: 300 },
  );
});

test('a link holds only what an address may hold as it is', () => {
  fc.assert(
    fc.property(experiment, (one) => {
      const url = new URL(`https://example.org/#${encodeExperiment(one)}`);
      expect(decodeExperiment(url.hash)).toEqual(one);
    }),
  );
});

test.each(presets.map((preset) => [preset.id, preset] as const))(
  '%s comes back, at every size',
  (_, preset) => {
    for (const one of [
      paperExperiment(preset),
      classroomExperiment(preset, 'cpu'),
      classroomExperiment(preset, 'gpu'),
    ]) {
      expect(roundTrip(one)).toEqual(one);
      expect(encodeExperiment(one).length).toBeLessThan(100);
    }
  },
);

test('a link without a number of seeds asks for one', () => {
  expect(decodeExperiment('#e=1p20x8;n300').seeds).toBe(1);
  expect(decodeExperiment('#e=1p20x8;n300;g3').seeds).toBe(3);
});

test('version 1 is written as it has always been', () => {
  expect(encodeExperiment(defaultExperiment('cpu'))).toBe('e=1p20x8,p56x8;n300;b64;a;t50_500');
});

test('whatever stands in an address, it is an experiment or a LinkError', () => {
  const wild = fc.oneof(
    fc.string(),
    fc.string().map((text) => `e=1${text}`),
    fc
      .tuple(experiment, fc.nat(), fc.string({ maxLength: 3 }))
      .map(([one, at, text]) => encodeExperiment(one).slice(0, at % 60) + text),
  );
  fc.assert(
    fc.property(wild, (hash) => {
      try {
        expect(decodeExperiment(hash).lanes.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(LinkError);
      }
    }),
    { numRuns: 1000 },
  );
});

describe('what is wrong is told apart', () => {
  const fault = (hash: string) => {
    try {
      decodeExperiment(hash);
    } catch (error) {
      return error instanceof LinkError ? [error.kind, error.detail] : error;
    }
    return null;
  };
  test.each([
    ['#e=9whatever', 'version', '9'],
    ['#e=', 'unreadable', '#e='],
    ['#e=1p20x8;n300;y3', 'unreadable', 'y3'],
    ['#e=1p20;nten', 'unreadable', 'nten'],
    ['#e=1p20;n1;n2', 'unreadable', 'n2'],
    ['#e=1q20;n1', 'unreadable', 'q20'],
    ['#e=1p20~%E0;n1', 'unreadable', '%E0'],
  ])('%s', (hash, kind, detail) => {
    expect(fault(hash)).toEqual([kind, detail]);
  });
  test('a depth that does not exist is refused in the words of the schema', () => {
    expect(fault('#e=1p21;n300')).toEqual(['refused', expect.stringContaining('nearest: 20 or 26')]);
  });
});

test('an anchor of the page is no experiment', () => {
  expect([isExperimentLink('#curves'), isExperimentLink('#e=1p20;n1'), isExperimentLink('')]).toEqual([
    false,
    true,
    false,
  ]);
});
