import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClientEvent } from '../../client/clientTypes.ts';
import type { RunEvent } from '../../protocol/protocol.ts';
import { defaultExperiment } from '../../model/presets.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { applyEvent, applyEvents, heldBy, noTraining, phaseOf, type Training } from './training.ts';

const start: Training = { ...noTraining, runs: prepareRuns(defaultExperiment('cpu'), 1, () => '') };
const of = (lane: string, event: RunEvent): ClientEvent => ({ kind: 'run', lane, event });
const after = (...events: ClientEvent[]) => events.reduce(applyEvent, start);
const steps = (first: number, error: readonly number[], rate = 0.1): RunEvent => ({
  kind: 'steps',
  first,
  loss: Float32Array.from(error, (e) => 2 * e),
  error: Float32Array.from(error),
  learningRate: Float32Array.from(error, () => rate),
  trainingSeconds: Float64Array.from(error, (_, i) => first + i),
  epoch: Float32Array.from(error, (_, i) => (first + i) / 782),
  imagesPerSecond: 640,
  waitingSeconds: 0,
  idleSeconds: 0,
});
const state = (name: 'running' | 'paused' | 'finished' | 'failed', rest = {}): RunEvent => ({
  kind: 'state',
  state: name,
  step: 0,
  ...rest,
});
const evaluation = (step: number, error: number): RunEvent => ({
  kind: 'evaluation',
  step,
  images: 500,
  complete: false,
  loss: 2,
  error,
  seconds: 1,
});
const both = (event: RunEvent) => [of('plain-20', event), of('plain-56', event)];

test('packs of steps become one series, whatever their sizes', () => {
  const pack = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(pack, { maxLength: 20 }), (packs) => {
      let first = 1;
      const events = packs.map((errors) => {
        const event = of('plain-56', steps(first, errors));
        first += errors.length;
        return event;
      });
      const run = after(...events).runs[1]!;
      expect([...run.error.values]).toEqual(packs.flat().map(Math.fround));
      expect([run.step, run.loss.length, run.learningRate.length]).toEqual(Array(3).fill(first - 1));
      expect([...run.speedSteps.values].at(-1) ?? 0).toBe(first - 1);
    }),
  );
});

test('applying an event changes nothing of the state before it', () => {
  const before = after(of('plain-20', steps(1, [0.5])));
  const now = applyEvent(before, of('plain-20', steps(2, [0.25])));
  expect([...before.runs[0]!.error.values]).toEqual([0.5]);
  expect([...now.runs[0]!.error.values]).toEqual([0.5, 0.25]);
  expect(now.runs[1]).toBe(before.runs[1]);
});

test('the phase follows the lanes', () => {
  expect(phaseOf(noTraining)).toBe('idle');
  expect(phaseOf(start)).toBe('starting');
  expect(phaseOf(after(of('plain-20', state('running'))))).toBe('running');
  expect(phaseOf(after(...both(state('running')), of('plain-20', state('paused'))))).toBe('running');
  expect(phaseOf(after(...both(state('running')), ...both(state('paused'))))).toBe('paused');
  expect(phaseOf(after(...both(state('finished', { reason: 'completed' }))))).toBe('ended');
});

test('in lockstep a running lane waits for a paused one', () => {
  const { runs } = after(...both(state('running')), of('plain-20', state('paused')));
  expect(heldBy(runs[1]!, runs, 'lockstep')).toBe(runs[0]);
  expect(heldBy(runs[1]!, runs, 'free')).toBeNull();
  expect(heldBy(runs[0]!, runs, 'lockstep')).toBeNull();
});

test('a run that ends keeps its curve and says why', () => {
  const { runs } = after(
    of('plain-56', steps(1, [0.9, NaN])),
    of('plain-56', state('failed', { reason: 'diverged', divergedAt: 2, step: 2 })),
  );
  expect(runs[1]!.end).toEqual({ reason: 'diverged', divergedAt: 2, failure: null });
  expect(runs[1]!.error.length).toBe(2);
  expect(runs[0]!.state).toBe('waiting');
});

test('a failure of the whole is told at once; each lane ends when it says so', () => {
  const failure = { name: 'WorkerError', message: 'The data worker broke.' };
  const done = of('plain-20', state('finished', { reason: 'completed' }));
  const told = after(done, { kind: 'failure', failure }, { kind: 'stopping', lane: 'plain-56' });
  expect(told.failure).toEqual(failure);
  expect(told.runs.map((run) => [run.end?.reason, run.stopping])).toEqual([
    ['completed', false],
    [undefined, true],
  ]);
  const over = applyEvent(told, of('plain-56', state('failed', { reason: 'error', failure, step: 7 })));
  expect(over.runs[1]).toMatchObject({ step: 7, stopping: false, end: { reason: 'error', failure } });
});

test('a silent lane is said, with who waits for it, until it answers or ends', () => {
  const silent: ClientEvent = { kind: 'silent', lane: 'plain-20', seconds: 25 };
  const training = after(...both(state('running')), silent);
  const [plain20, plain56] = training.runs;
  expect(training.milestone).toEqual({ kind: 'silent', name: 'plain-20' });
  expect([plain20!.silent, plain20!.state]).toEqual([25, 'running']);
  expect(heldBy(plain56!, training.runs, 'lockstep')).toBe(plain20);
  expect(heldBy(plain56!, training.runs, 'free')).toBeNull();
  expect(heldBy(plain20!, training.runs, 'lockstep')).toBeNull();
  const longer = applyEvent(training, { ...silent, seconds: 30 });
  expect([longer.runs[0]!.silent, longer.milestone]).toEqual([30, training.milestone]);
  expect(applyEvent(longer, { ...silent, seconds: null }).runs[0]!.silent).toBeNull();
  const ended = applyEvent(longer, of('plain-20', state('finished', { reason: 'stopped' })));
  expect([ended.runs[0]!.silent, ended.runs[0]!.end?.reason]).toEqual([null, 'stopped']);
});

test('what the network keeps back is said until it comes, and no longer than anything trains', () => {
  const wait = { file: 'train-07.png', trouble: 'offline', detail: '', attempt: 1, seconds: 1 } as const;
  const waiting = after(...both(state('running')), { kind: 'waiting', wait });
  expect([waiting.wait, waiting.milestone]).toEqual([wait, { kind: 'imagesWanted', trouble: 'offline' }]);
  const later = applyEvent(waiting, { kind: 'waiting', wait: { ...wait, attempt: 2 } });
  expect(later.milestone).toBe(waiting.milestone);
  expect(applyEvent(later, { kind: 'waiting', wait: null })).toMatchObject({
    wait: null,
    milestone: { kind: 'imagesBack' },
  });
  expect(both(state('finished', { reason: 'stopped' })).reduce(applyEvent, later).wait).toBeNull();
});

test('a test that could not be done is kept with its reason, and fails nothing', () => {
  const failure = { name: 'ShardError', message: 'Shard test-00.png: HTTP 404.' };
  const missed = { step: 500, complete: true, failure };
  const { runs, milestone } = after(of('plain-20', { kind: 'unevaluated', ...missed }));
  expect(runs[0]).toMatchObject({ missed: [missed], end: null });
  expect(milestone).toEqual({ kind: 'unevaluated', name: 'plain-20', step: 500 });
});

test('milestones are told once for all lanes, and steps are none', () => {
  const started = after(...both(state('running')));
  expect(started.milestone).toEqual({ kind: 'started' });
  const stepped = applyEvent(started, of('plain-20', steps(1, [0.5])));
  expect(stepped.milestone).toBe(started.milestone);

  const one = applyEvent(stepped, of('plain-20', evaluation(50, 0.7)));
  expect(one.milestone).toBe(started.milestone);
  const all = applyEvent(one, of('plain-56', evaluation(50, 0.9)));
  expect(all.milestone).toEqual({
    kind: 'evaluated',
    step: 50,
    results: [
      { name: 'plain-20', error: 0.7 },
      { name: 'plain-56', error: 0.9 },
    ],
  });

  const dropped = applyEvent(all, of('plain-20', steps(2, [0.5], 0.01)));
  expect(dropped.milestone).toMatchObject({ kind: 'rateChanged', name: 'plain-20', step: 2 });
});

test('a lane that is queued is neither running nor paused, and waits like the others once it has its place', () => {
  const queued: ClientEvent = { kind: 'queued', lane: 'plain-56' };
  const one = after(of('plain-20', state('running')), queued);
  expect(one.runs.map((run) => run.state)).toEqual(['running', 'queued']);
  expect(phaseOf(one)).toBe('running');
  const paused = applyEvent(one, of('plain-20', state('paused')));
  expect(phaseOf(paused)).toBe('paused');
  const done = applyEvent(one, of('plain-20', state('finished', { reason: 'completed' })));
  expect(phaseOf(done)).toBe('starting');
  expect(applyEvent(done, { kind: 'unqueued', lane: 'plain-56' }).runs[1]!.state).toBe('waiting');
});

test('a run tells which kernels its device still compiles, until there are none', () => {
  const compiling = (done: number) => of('plain-20', { kind: 'compiling', done, total: 40 });
  expect(after(compiling(0), compiling(3)).runs.map((run) => run.compiling)).toEqual([
    { done: 3, total: 40 },
    null,
  ]);
  expect(after(compiling(3), compiling(40)).runs[0]!.compiling).toBeNull();
});

test('of what is told together no milestone is lost, and one alone stays as it is', () => {
  const running = after(...both(state('running')));
  const done = state('finished', { reason: 'completed', step: 300 });
  const ended = (name: string) => ({ kind: 'ended', name, reason: 'completed' });
  const { milestone, runs } = applyEvents(running, both(done));
  expect(milestone).toMatchObject({ kind: 'several', all: [ended('plain-20'), ended('plain-56')] });
  expect(runs.map((run) => run.state)).toEqual(['ended', 'ended']);
  expect(applyEvents(running, [of('plain-20', done)]).milestone).toMatchObject(ended('plain-20'));
  expect(applyEvents(running, [of('plain-20', steps(1, [0.5]))]).milestone).toBe(running.milestone);
});
