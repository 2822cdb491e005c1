/** Components on the page's true state, in a document of happy-dom (`// @vitest-environment happy-dom`). */
import { act, cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { parseExperiment, type ExperimentConfig } from '../../model/config.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import type { App } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import { draftOf } from '../state/draft.ts';
import { AppContext } from '../state/hooks/AppContext.ts';
import type { Run } from '../state/run.ts';
import { Series } from '../state/series.ts';
import { noTraining } from '../state/training.ts';
import { freshApp } from './freshApp.ts';

afterEach(cleanup);

/** Two plain nets and the deeper one with shortcuts, for 100 steps. */
export const experiment: ExperimentConfig = parseExperiment({
  lanes: [
    { id: 'shallow', model: { depth: 20, block: 'plain', width: 16 } },
    { id: 'deep', model: { depth: 56, block: 'plain', width: 16 } },
    { id: 'residual', model: { depth: 56, block: 'basic', shortcut: 'A', width: 16 } },
  ],
  recipe: { steps: 100, batchSize: 128, seed: 7 },
});

/** The runs of {@link experiment} before anything has happened: plain-20, plain-56, ResNet-56. */
export const runsBefore = prepareRuns(experiment, 1, () => '');

/** The run after `error.length` steps of half a second each. */
export const trained = (run: Run, error: readonly number[], more: Partial<Run> = {}): Run => ({
  ...run,
  state: 'running',
  step: error.length,
  error: Series.empty.append(error),
  loss: Series.empty.append(error),
  learningRate: Series.empty.append(error.map(() => 0.1)),
  trainingSeconds: Series.empty.append(error.map((_, i) => (i + 1) / 2)),
  speedSteps: Series.empty.append([error.length]),
  imagesPerSecond: Series.empty.append([256]),
  ...more,
});

/** A state in which these runs are of the present experiment. */
export const onStage = (...runs: readonly Run[]): Partial<AppState> => ({
  training: { ...noTraining, experiment, runs },
});

/** Draws `children` on a page whose state is {@link experiment} and `state`, and which does `actions` instead of its own. */
export function mount(children: ReactNode, state: Partial<AppState> = {}, actions: Partial<App> = {}) {
  const created = freshApp();
  created.store.setState({ draft: draftOf(experiment), edited: true, ...state });
  const app: App = { ...created, ...actions };
  const page = (content: ReactNode) => <AppContext value={app}>{content}</AppContext>;
  const { container, rerender } = render(page(children));
  return {
    app,
    container,
    draw: (content: ReactNode) => rerender(page(content)),
    set: (patch: Partial<AppState>) => act(() => app.store.setState(patch)),
  };
}
