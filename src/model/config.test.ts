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

  it('refuses two lanes of one id, and none', () => {
    expect(
      faultsOf(() => parseExperiment({ lanes: [lane, lane], recipe: { steps: 5 } }))[0]?.message,
    ).toMatch(/same id/);
    expect(faultsOf(() => parseExperiment({ lanes: [], recipe: { steps: 5 } }))[0]?.message).toMatch(
      /at least one/,
    );
  });
});
