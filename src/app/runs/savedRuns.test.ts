import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createRun, type Run } from '../state/run.ts';
import { emptyArchive } from './runArchive.ts';
import { askBeforeLeaving, hasUnsaved, withSaved } from './savedRuns.ts';
import { noTraining } from '../state/training.ts';
import type { AppState } from '../state/AppState.ts';

const run = (id: string, step: number, patch: Partial<Run> = {}): Run => ({
  ...createRun({ id, lane: id, name: id, style: { hue: 'plain', tone: 0, marker: 'circle' }, config: null }),
  step,
  ...patch,
});
const state = (runs: readonly Run[], kept: readonly Run[] = []) => ({
  archive: { ...emptyArchive, kept },
  training: { ...noTraining, runs },
  saved: {},
  keeping: { kind: 'off', fault: { kind: 'denied', detail: '' } } as const,
});

test('unsaved is what has taken a step here and is in no file, or has gone on since', () => {
  expect(hasUnsaved(state([]))).toBe(false);
  expect(hasUnsaved({ ...state([run('a', 5)]), keeping: { kind: 'kept' } })).toBe(false);
  expect(hasUnsaved(state([run('a', 0)]))).toBe(false);
  expect(hasUnsaved(state([run('a', 5)]))).toBe(true);
  expect(hasUnsaved(state([], [run('a', 5)]))).toBe(true);
  const saved = withSaved({}, [run('a', 5)]);
  expect(hasUnsaved({ ...state([run('a', 5, { state: 'ended', name: 'renamed' })]), saved })).toBe(false);
  expect(hasUnsaved({ ...state([run('a', 6)]), saved })).toBe(true);
  expect(hasUnsaved({ ...state([run('a', 5), run('b', 5)]), saved })).toBe(true);
  const evaluation = { step: 5, images: 100, complete: true, loss: 1, error: 0.5, seconds: 1 };
  expect(hasUnsaved({ ...state([run('a', 5, { evaluations: [evaluation] })]), saved })).toBe(true);
});

test('the browser is asked to ask only while something is unsaved', () => {
  const store = createStore<AppState>()(() => state([]) as unknown as AppState);
  const listeners = new Set<unknown>();
  const target = {
    addEventListener: (_type: string, listener: unknown) => listeners.add(listener),
    removeEventListener: (_type: string, listener: unknown) => listeners.delete(listener),
  };
  askBeforeLeaving(store, target);
  expect(listeners.size).toBe(0);
  store.setState(state([run('a', 5)]));
  store.setState(state([run('a', 6)]));
  expect(listeners.size).toBe(1);
  let prevented = 0;
  const [ask] = listeners as Set<(event: { preventDefault: () => void }) => void>;
  ask?.({ preventDefault: () => prevented++ });
  expect(prevented).toBe(1);
  store.setState({ saved: withSaved({}, [run('a', 6)]) });
  expect(listeners.size).toBe(0);
  store.setState(state([]));
  expect(listeners.size).toBe(0);
});
