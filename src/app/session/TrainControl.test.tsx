// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Speed } from '../../model/cost.ts';
import { parseExperiment } from '../../model/config.ts';
import { defaultExperiment, presets, presetAtSize } from '../../model/presets.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import type { AppState } from '../state/AppState.ts';
import { draftOf } from '../state/draft.ts';
import { endRun, type Run } from '../state/run.ts';
import { Series } from '../state/series.ts';
import { noTraining } from '../state/training.ts';
import { wasm } from '../testing/spyingPage.ts';
import { experiment, mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { TrainControl } from './TrainControl.tsx';

const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
const [shallow, deep, residual] = runsBefore as [Run, Run, Run];
const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent);
const text = () => document.querySelector('.go-text')?.textContent ?? '';
const asked = () => vi.fn(() => Promise.resolve());

test('Train trains; with some nets done it trains the new ones; with all done it takes the next seed', () => {
  const [train, trainNew, trainNextSeeds] = [asked(), asked(), asked()];
  const { set } = mount(<TrainControl />, {}, { train, trainNew, trainNextSeeds });
  expect(buttons()).toEqual(['Train']);
  fireEvent.click(screen.getByRole('button'));
  expect(train).toHaveBeenCalledTimes(1);

  set(onStage(done(shallow), done(deep)));
  expect(buttons()).toEqual(['Train the new nets']);
  expect(text()).toContain('The nets that are done stay');
  fireEvent.click(screen.getByRole('button', { description: /go through the same images/ }));
  expect(trainNew).toHaveBeenCalledTimes(1);

  set(onStage(done(shallow), done(deep), done(residual)));
  expect(buttons()).toEqual(['Train again']);
  expect(text()).toBe('Done with seed 7. Train again takes the next.');
  fireEvent.click(screen.getByRole('button'));
  expect(trainNextSeeds).toHaveBeenCalledWith(1);
  expect(train).toHaveBeenCalledTimes(1);
});

test('where a lane does not fit, recomputation is offered if it helps, and taken by one press', () => {
  const deep = parseExperiment({
    lanes: [{ id: 'deep', model: { depth: 1202 } }],
    recipe: { steps: 100, batchSize: 128 },
  });
  const { app } = mount(<TrainControl />, {
    draft: draftOf(deep),
    device: { kind: 'found', choice: wasm },
  });
  const [offer, train] = buttons();
  expect(offer).toMatch(/^Recompute: fits in 98\d MB, takes about 35% longer$/);
  expect(train).toBe('Train');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Train' }).disabled).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: offer! }));
  expect(app.store.getState().draft.recipe.recompute).toBe(true);
  expect(buttons()).toEqual(['Train']);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Train' }).disabled).toBe(false);
});

test('where recomputation would not be enough it is not offered', () => {
  const wide = parseExperiment({
    lanes: [{ id: 'wide', model: { depth: 20, width: 128 } }],
    recipe: { steps: 100, batchSize: 1024 },
  });
  mount(<TrainControl />, { draft: draftOf(wide), device: { kind: 'found', choice: wasm } });
  expect(buttons()).toEqual(['Train']);
});

/** A device on which the default takes some fourteen minutes. */
const slow: Speed = { rates: { perLayer: 0, perActivation: 0, perMultiplyAdd: 3e-9 }, lanesAtOnce: 1 };
const onPage = (of = defaultExperiment('cpu')): Partial<AppState> => ({
  draft: draftOf(of),
  edited: false,
  speed: { kind: 'measured', speed: slow },
});

test('on a device that is too slow a shorter form is offered, taken by one press, and undone', () => {
  const { app } = mount(<TrainControl />, onPage());
  const [offer] = buttons();
  expect(offer).toMatch(/^\d minutes instead of \d+$/);
  const before = app.store.getState().draft;
  fireEvent.click(screen.getByRole('button', { name: offer! }));
  expect(app.store.getState().draft.recipe.budget).not.toBe('300');
  expect(buttons()).toEqual(['Train']);
  act(() => app.undoReplace());
  expect(app.store.getState().draft).toEqual(before);
  expect(buttons()).toHaveLength(2);
});

test('what was chosen to take that long is left alone, and so is one\u2019s own experiment', () => {
  const { set } = mount(<TrainControl />, { ...onPage(), meant: 3600 });
  expect(buttons()).toEqual(['Train']);
  set({ draft: draftOf(experiment), meant: 120 });
  expect(buttons()).toEqual(['Train']);
});

test('in the midst of a run its own pace tells: stop, and train the smaller one; near its end no more', () => {
  const stopAndTrain = asked();
  const own = presetAtSize(presets[0]!, { width: 8, batchSize: 64, steps: 300 });
  // Three seconds a step: a quarter of an hour.
  const after = (count: number): Partial<AppState> => {
    const trainingSeconds = Series.empty.append(Array.from({ length: count }, (_, i) => 3 * (i + 1)));
    const runs = prepareRuns(own, 1, () => '').map((run) => trained(run, Array<number>(count).fill(0.9), { trainingSeconds })); // prettier-ignore
    return { ...onPage(own), training: { ...noTraining, experiment: own, runs } };
  };
  mount(<TrainControl />, after(20), { stopAndTrain });
  fireEvent.click(screen.getByRole('button', { name: /^Stop, and train \d minutes? instead of 18$/ }));
  expect(stopAndTrain).toHaveBeenCalledTimes(1);
  cleanup();
  mount(<TrainControl />, after(8));
  expect(buttons()).toEqual(['Stop', 'Pause']);
  cleanup();
  mount(<TrainControl />, after(290));
  expect(buttons()).toEqual(['Stop', 'Pause']);
});
