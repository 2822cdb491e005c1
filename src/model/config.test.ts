import { describe, expect, it } from 'vitest';
import { ConfigError, parseExperiment, parseRun, runOfLane } from './config.ts';

function faultsOf(parse: () => unknown): readonly { path: string; message: string }[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

describe('a run', () => {
  it("fills in the paper's recipe", () => {
    const run = parseRun({ model: { depth: 20 }, steps: 64_000, schedule: 'steps' });
    expect(run.model).toEqual({ family: 'cifar', depth: 20, block: 'basic', shortcut: 'A', width: 16 });
    expect(run.optimizer).toMatchObject({ type: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 });
    expect(run.schedule).toEqual({ type: 'steps', milestones: [32_000, 48_000], factor: 0.1 });
    expect(run).toMatchObject({
      version: 1,
      batchSize: 128,
      augment: 'paper',
      normalisation: 'per-pixel-mean',
    });
  });

  it.each([
    ['an unknown key', { model: { depth: 20, colour: 1 }, steps: 1 }, 'model.colour', /not known/],
    ['an unknown key above', { model: { depth: 20 }, steps: 1, lr: 1 }, 'lr', /not known/],
    ['a missing key', { model: {}, steps: 1 }, 'model.depth', /missing/],
    ['a wrong schedule', { model: { depth: 20 }, steps: 1, schedule: 'linear' }, 'schedule.type', /cosine/],
    ['an impossible depth', { model: { depth: 21 }, steps: 1 }, 'model.depth', /20 or 26/],
    ['a wrong version', { version: 2, model: { depth: 20 }, steps: 1 }, 'version', /1/],
    [
      'a negative rate',
      { model: { depth: 20 }, steps: 1, optimizer: { learningRate: -1 } },
      'optimizer.learningRate',
      /0/,
    ],
    ['no budget', { model: { depth: 20 } }, '', /exactly one of steps, epochs or minutes/],
    [
      'two budgets',
      { model: { depth: 20 }, steps: 1, epochs: 1 },
      '',
      /exactly one of steps, epochs or minutes/,
    ],
    ['a list', [], '', /JSON object/],
  ])('refuses %s, saying where and what', (_, input, path, message) => {
    const faults = faultsOf(() => parseRun(input));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.path).toBe(path);
    expect(faults[0]?.message).toMatch(message);
  });

  it('names every fault at once', () => {
    const faults = faultsOf(() => parseRun({ model: { depth: 20 }, steps: 0, batchSize: 0.5, seed: -1 }));
    expect(faults.map(({ path }) => path).sort()).toEqual(['batchSize', 'seed', 'steps']);
  });

  it('is unchanged by being parsed again', () => {
    const run = parseRun({ model: { depth: 20 }, steps: 1, schedule: { type: 'cosine' } });
    expect(parseRun(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });
});

describe('what is accepted is never refused later', () => {
  const model = { depth: 8 };
  it.each([
    ['labelSmoothing', { steps: 1, labelSmoothing: 0.31 }],
    ['steps', { steps: 1e300 }],
    ['steps', { steps: Infinity }],
    ['epochs', { epochs: 1e300 }],
    ['minutes', { minutes: Infinity }],
    ['seed', { steps: 1, seed: 1e300 }],
    ['seed', { steps: 1, seed: NaN }],
    ['optimizer.learningRate', { steps: 1, optimizer: { learningRate: 1e300 } }],
    ['optimizer.learningRate', { steps: 1, optimizer: { learningRate: 1e-300 } }],
    ['optimizer.weightDecay', { steps: 1, optimizer: { learningRate: 1, weightDecay: 1e300 } }],
    ['schedule.milestones', { steps: 1, schedule: { type: 'steps', milestones: Array(1e6).fill(1) } }],
    ['schedule.milestones.0', { steps: 1, schedule: { type: 'steps', milestones: [1e300] } }],
    [
      'schedule.warmUp.steps',
      { steps: 1, schedule: { type: 'cosine', warmUp: { learningRate: 1, steps: 1e300 } } },
    ],
    ['normalisation.mean.0', { steps: 1, normalisation: { mean: [Infinity, 0, 0], std: [1, 1, 1] } }],
    ['normalisation.std.2', { steps: 1, normalisation: { mean: [0, 0, 0], std: [1, 1, 1e-300] } }],
    ['evaluation.every', { steps: 1, evaluation: { every: 1e300 } }],
  ])('%s', (path, recipe) => {
    expect(faultsOf(() => parseRun({ model, ...recipe })).map((fault) => fault.path)).toEqual([path]);
  });

  it('says little of what is large: a text of 5 MB, a key of 5 MB, a million lanes', () => {
    const large = 'x'.repeat(5e6);
    const lanes = (count: number) => ({ lanes: Array(count).fill({ id: large }), recipe: { steps: 1 } });
    for (const parse of [
      () => parseRun({ model, steps: large }),
      () => parseRun({ model, steps: 1, schedule: large }),
      () => parseRun({ model, steps: 1, [large]: 1 }),
      () => parseExperiment(lanes(16)),
      () => parseExperiment(lanes(1e6)),
    ]) {
      expect(parse).toThrow(ConfigError);
      expect(parse).toThrow(/^.{1,1000}$/s);
    }
    expect(faultsOf(() => parseExperiment(lanes(1e6)))).toEqual([
      { path: 'lanes', message: 'an experiment has at most 16 lanes' },
    ]);
  });
});

describe('an experiment', () => {
  const lane = { id: 'a', model: { depth: 20 } };

  it('gives each lane its run', () => {
    const experiment = parseExperiment({ lanes: [lane], recipe: { steps: 5, seed: 3 } });
    expect(runOfLane(experiment, experiment.lanes[0]!)).toMatchObject({
      steps: 5,
      seed: 3,
      model: { depth: 20 },
    });
  });

  it('gives a lane its own warm-up over the schedule of all', () => {
    const warmUp = { learningRate: 0.01, untilError: 0.8 };
    const { version, lanes, recipe } = parseExperiment({
      lanes: [lane, { ...lane, id: 'warm', warmUp }],
      recipe: { steps: 5, schedule: 'cosine' },
    });
    const [cold, warm] = lanes.map((one) => runOfLane({ version, recipe }, one).schedule);
    expect([cold, warm]).toEqual([{ type: 'cosine' }, { type: 'cosine', warmUp }]);
  });

  it('refuses two lanes of one id, and none', () => {
    expect(
      faultsOf(() => parseExperiment({ lanes: [lane, lane], recipe: { steps: 5 } }))[0]?.message,
    ).toMatch(/same id/);
    expect(faultsOf(() => parseExperiment({ lanes: [], recipe: { steps: 5 } }))[0]?.message).toMatch(
      /at least one/,
    );
  });
});
