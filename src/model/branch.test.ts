import { describe, expect, it } from 'vitest';
import { BranchError, branchCheckpoint, branchFault, branchNotes } from './branch.ts';
import { decodeCheckpoint, encodeCheckpoint, type CheckpointState } from './checkpoint.ts';
import { parseRun, type RunConfig } from './config.ts';
import { checkpointOf } from './testing/checkpoints.ts';

const parent = checkpointOf();
/** The parent's run with `changes`, budget and optimiser among them. */
const changed = (changes: object, from: RunConfig = parent.state.run) =>
  parseRun({
    ...from,
    ...(('epochs' in changes || 'minutes' in changes) && { steps: undefined }),
    ...changes,
  });
const optimizer = (changes: object) => ({ optimizer: { ...parent.state.run.optimizer, ...changes } });
const model = (changes: object) => ({ model: { ...parent.state.run.model, ...changes } });

describe('a branch that changes nothing', () => {
  it.each(['sgd', 'adam', 'rmsprop'])('is its parent, to the last bit of its file (%s)', async (type) => {
    const same = checkpointOf({ isEvaluationDue: true, warmedUp: false }, { optimizer: { type, learningRate: 0.1 }, evaluation: { every: 3 } }); // prettier-ignore
    const file = await encodeCheckpoint(same);
    const branch = branchCheckpoint(same, structuredClone(same.state.run));
    expect(new Uint8Array(await encodeCheckpoint(branch))).toEqual(new Uint8Array(file));
    expect(branchNotes(same.state, same.state.run)).toEqual([]);
  });

  it('of a finished run is no fault: there is nothing that it would not do', () => {
    const over = checkpointOf({}, { steps: 3 });
    expect(branchFault(over.state, over.state.run)).toBeNull();
  });
});

/** What may change, what is said of it, and what of the state is another. */
const allowed: Readonly<Record<string, readonly [object, readonly object[], Partial<CheckpointState>]>> = {
  'more steps': [{ steps: 5000 }, [], {}],
  'fewer steps': [{ steps: 4 }, [], {}],
  'a budget in epochs': [{ epochs: 2 }, [], {}],
  'a budget in minutes': [{ minutes: 1 }, [], {}],
  'the learning rate': [optimizer({ learningRate: 0.5 }), [], {}],
  'momentum and weight decay': [
    optimizer({ momentum: 0, weightDecay: 0.01, decayNormalisation: false }),
    [],
    {},
  ],
  'another optimiser': [
    { optimizer: { type: 'adam', learningRate: 0.001 } },
    [{ kind: 'optimizer', was: 'sgd', is: 'adam' }],
    { optimizerSteps: 0 },
  ],
  'a schedule': [{ schedule: { type: 'cosine' } }, [], {}],
  'a warm-up': [
    { schedule: { type: 'constant', warmUp: { learningRate: 0.01, steps: 10 } } },
    [{ kind: 'warmUp' }],
    { warmedUp: false },
  ],
  'the order': [{ order: 'sequential' }, [{ kind: 'batches', because: ['order'] }], {}],
  'the seed of the order': [{ seed: 2 }, [{ kind: 'batches', because: ['seed'] }], {}],
  augmentation: [{ augment: 'none' }, [{ kind: 'batches', because: ['augment'] }], {}],
  normalisation: [{ normalisation: 'channel' }, [{ kind: 'batches', because: ['normalisation'] }], {}],
  'the batch': [
    { batchSize: 64 },
    [
      { kind: 'batches', because: ['batchSize'] },
      { kind: 'epochs', was: 0.0123, is: 0.00615 },
    ],
    { epoch: 0.00615 },
  ],
  'label smoothing': [{ labelSmoothing: 0.1 }, [], {}],
  evaluations: [{ evaluation: { every: 50, images: 10 } }, [], {}],
  'skips off': [model({ block: 'plain' }), [{ kind: 'statistics' }], {}],
  'several things': [
    {
      ...model({ block: 'plain' }),
      seed: 9,
      augment: 'none',
      optimizer: { type: 'rmsprop', learningRate: 0.01 },
    },
    [
      { kind: 'optimizer', was: 'sgd', is: 'rmsprop' },
      { kind: 'batches', because: ['seed', 'augment'] },
      { kind: 'statistics' },
    ],
    { optimizerSteps: 0 },
  ],
};

it.each(Object.entries(allowed))(
  '%s may change, and nothing else does',
  async (_, [changes, notes, others]) => {
    const run = changed(changes);
    expect(branchFault(parent.state, run)).toBeNull();
    expect(branchNotes(parent.state, run)).toEqual(notes);
    const branch = branchCheckpoint(parent, run);
    expect(branch.state).toEqual({ ...parent.state, run, ...others });
    // It is a checkpoint.
    expect((await decodeCheckpoint(await encodeCheckpoint(branch))).state.run).toEqual(run);
    const isAnew = run.optimizer.type !== 'sgd';
    for (const [name, { values }] of branch.tensors) {
      if (!isAnew || !name.startsWith('optimizer.')) expect(values).toBe(parent.tensors.get(name)!.values);
      else expect(values.every((value) => value === 0)).toBe(true);
    }
  },
);

describe('of a net', () => {
  const of = (given: object) => checkpointOf({}, { model: { depth: 8, width: 2, ...given } });
  const ways: readonly (readonly [object, object, 'free' | 'unused' | 'missing'])[] = [
    [{ block: 'plain', shortcut: 'A' }, { block: 'basic', shortcut: 'A' }, 'free'],
    [{ block: 'plain', shortcut: 'B' }, { block: 'basic', shortcut: 'A' }, 'free'],
    [{ block: 'basic', shortcut: 'A' }, { block: 'plain', shortcut: 'C' }, 'free'],
    [{ block: 'plain', shortcut: 'A' }, { block: 'plain', shortcut: 'C' }, 'free'],
    [{ block: 'basic', shortcut: 'B' }, { block: 'plain', shortcut: 'B' }, 'unused'],
    [{ block: 'basic', shortcut: 'B' }, { block: 'basic', shortcut: 'A' }, 'unused'],
    [{ block: 'basic', shortcut: 'C' }, { block: 'basic', shortcut: 'B' }, 'unused'],
    [{ block: 'plain', shortcut: 'B' }, { block: 'basic', shortcut: 'B' }, 'missing'],
    [{ block: 'basic', shortcut: 'A' }, { block: 'basic', shortcut: 'B' }, 'missing'],
    [{ block: 'basic', shortcut: 'B' }, { block: 'basic', shortcut: 'C' }, 'missing'],
  ];
  it.each(ways)('%o goes on as %o: %s', async (before, after, way) => {
    const from = of(before);
    const run = changed({ model: { ...from.state.run.model, ...after } }, from.state.run);
    const fault = branchFault(from.state, run);
    if (way === 'missing') {
      expect(fault).toMatchObject({ kind: 'shortcuts' });
      expect(() => branchCheckpoint(from, run)).toThrow(BranchError);
      return;
    }
    expect(fault).toBeNull();
    const unused = branchNotes(from.state, run).flatMap((note) =>
      note.kind === 'unused' ? note.tensors : [],
    );
    expect(unused.length > 0).toBe(way === 'unused');
    expect(unused.every((name) => name.includes('.shortcut.'))).toBe(true);
    await encodeCheckpoint(branchCheckpoint(from, run));
  });

  it('names the first weights that new shortcuts lack', () => {
    const from = of({ block: 'plain', shortcut: 'B' });
    const run = changed({ model: { ...from.state.run.model, block: 'basic' } }, from.state.run);
    const fault = branchFault(from.state, run);
    expect(fault?.kind === 'shortcuts' && fault.tensors[0]).toBe('layer2.0.shortcut.0.weight');
  });
});

it.each<[string, object, object]>([
  ['another depth', model({ depth: 14 }), { kind: 'net', what: 'depth' }],
  ['another width', model({ width: 3 }), { kind: 'net', what: 'width' }],
  ['as many steps as were taken', { steps: 3 }, { kind: 'budget', unit: 'steps', spent: 3 }],
  ['fewer steps than were taken', { steps: 2 }, { kind: 'budget', unit: 'steps', spent: 3 }],
  ['epochs that are over', { epochs: 0.01 }, { kind: 'budget', unit: 'epochs', spent: 0.0123 }],
  ['minutes that are over', { minutes: 0.02 }, { kind: 'budget', unit: 'minutes', spent: 1.25 / 60 }],
])('%s is refused, and why', (_, changes, fault) => {
  const run = changed(changes);
  expect(branchFault(parent.state, run)).toEqual(fault);
  expect(() => branchCheckpoint(parent, run)).toThrow(
    expect.objectContaining({ name: 'BranchError', fault }),
  );
});

it('refuses other layers in a block', () => {
  const from = checkpointOf({}, { model: { depth: 20, width: 2 } });
  const run = changed({ model: { depth: 20, width: 2, block: 'bottleneck' } }, from.state.run);
  expect(branchFault(from.state, run)).toEqual({ kind: 'net', what: 'block' });
});

it('keeps a warm-up that is not changed as far as it is, and forgets one that is left out', () => {
  const warmUp = { learningRate: 0.01, untilError: 0.8 };
  const from = checkpointOf({ warmedUp: false }, { schedule: { type: 'constant', warmUp } });
  const kept = changed({ schedule: { type: 'cosine', warmUp } }, from.state.run);
  expect(branchCheckpoint(from, kept).state.warmedUp).toBe(false);
  expect(branchNotes(from.state, kept)).toEqual([]);
  const without = changed({ schedule: { type: 'constant' } }, from.state.run);
  expect(branchCheckpoint(from, without).state.warmedUp).toBe(true);
});

it('says that an evaluation is not due any more, and keeps one that is', () => {
  const from = checkpointOf({ isEvaluationDue: true }, { evaluation: { every: 3 } });
  const never = changed({ evaluation: { every: 0 } }, from.state.run);
  expect(branchNotes(from.state, never)).toEqual([{ kind: 'evaluation' }]);
  expect(branchCheckpoint(from, never).state.isEvaluationDue).toBe(false);
  const still = changed({ steps: 900 }, from.state.run);
  expect(branchCheckpoint(from, still).state.isEvaluationDue).toBe(true);
});
