import { expect, test } from 'vitest';
import type { AppState } from '../state/AppState.ts';
import { noInside } from '../state/inside.ts';
import { draftOf } from '../state/draft.ts';
import { noTraining } from '../state/training.ts';
import { freshApp } from '../testing/freshApp.ts';
import { experiment, runsBefore, trained } from '../testing/mount.tsx';
import { chosenNets, missingNets, netsToLookAt } from './netsToLookAt.ts';

const found = (backend: 'wasm' | 'webgpu') => ({ kind: 'found', choice: { backend } }) as AppState['device'];

function state(patch = {}) {
  const { store } = freshApp();
  store.setState({ draft: draftOf(experiment), edited: true, ...patch });
  return store;
}

test('the list is the very same as long as nothing that it is made of changes', () => {
  const store = state();
  const before = netsToLookAt(store.getState());
  store.setState({ inside: { ...noInside, step: 5 }, highlighted: 'a', drawer: { kind: 'settings' } });
  expect(netsToLookAt(store.getState())).toBe(before);
  store.setState({ draft: draftOf({ ...experiment, lanes: experiment.lanes.slice(1) }) });
  expect(netsToLookAt(store.getState())).not.toBe(before);
});

test('kept nets are the very same while others train', () => {
  const [shallow, deep] = runsBefore;
  const kept = { ...trained(deep!, [0.9, 0.5]), id: 'kept', state: 'ended' as const };
  const moments = new Map([['kept', [{ step: 2, why: 'end' as const, bytes: 1, evaluationDue: false }]]]);
  const store = state({ archive: { kept: [kept], dropped: 0 }, moments });
  const training = (steps: number) => ({ ...noTraining, experiment, runs: [trained(shallow!, Array<number>(steps).fill(0.9))] }); // prettier-ignore
  store.setState({ training: training(2) });
  const keptOf = () => netsToLookAt(store.getState()).find(({ from }) => from === 'kept');
  const before = keptOf();
  expect(before?.id).toBe('kept');
  store.setState({ training: training(3) });
  expect(keptOf()).toBe(before);
});

test('a net that trains is told with the pace that was measured; one of the form has none', () => {
  const [shallow] = runsBefore;
  // Half a second a step of 128 images; a step is three times the way forward.
  const store = state({
    training: { ...noTraining, experiment, runs: [trained(shallow!, [0.9, 0.8, 0.7])] },
  });
  const [net, other] = netsToLookAt(store.getState());
  // 40.6 million multiply-adds of plain-20.
  expect(net!.rate! / ((3 * 128 * 40.55e6) / 0.5)).toBeCloseTo(1, 2);
  expect(other?.rate).toBeUndefined();
});

test('what has not trained here is told with the pace of the device, once that is measured, and stays the very same', () => {
  const [shallow, deep] = runsBefore;
  const rates = { perLayer: 0, perActivation: 0, perMultiplyAdd: 3e-10 };
  const speed = { kind: 'measured', speed: { rates, lanesAtOnce: 1 } } as const;
  const kept = { ...trained(deep!, [0.9, 0.5]), id: 'kept', state: 'ended' as const };
  const moments = new Map([['kept', [{ step: 2, why: 'end' as const, bytes: 1, evaluationDue: false }]]]);
  const store = state({ archive: { kept: [kept], dropped: 0 }, moments, speed, device: found('wasm') });
  const training = (steps: number) => ({ ...noTraining, experiment, runs: [trained(shallow!, Array<number>(steps).fill(0.9))] }); // prettier-ignore
  store.setState({ training: training(3) });
  const nets = () => Object.fromEntries(netsToLookAt(store.getState()).map((net) => [net.from, net]));
  const before = nets();
  // A step, three times the way forward, takes 0.3 ns a multiply-add.
  expect(before.kept!.rate! / 1e10).toBeCloseTo(1, 6);
  expect(before.form!.rate! / 1e10).toBeCloseTo(1, 6);
  // Half a second a step, as measured.
  expect(before.stage!.rate! / ((3 * 128 * 40.55e6) / 0.5)).toBeCloseTo(1, 2);
  store.setState({ training: training(4) });
  expect(nets().kept).toBe(before.kept);
  store.setState({
    speed: { ...speed, speed: { ...speed.speed, rates: { ...rates, perMultiplyAdd: 6e-10 } } },
  });
  expect(nets().kept!.rate! / 5e9).toBeCloseTo(1, 6);
});

test('where WebAssembly computes, landscapes have a pace of their own', () => {
  const rates = { perLayer: 0, perActivation: 0, perMultiplyAdd: 3e-10 };
  const speed = { kind: 'measured', speed: { rates, lanesAtOnce: 1 } } as const;
  const store = state({ speed, device: found('wasm') });
  const nets = netsToLookAt(store.getState());
  expect(nets.map(({ rate, joinedRate }) => joinedRate! / rate!)).toEqual(nets.map(() => 2));
  store.setState({ device: found('webgpu') });
  for (const net of netsToLookAt(store.getState())) expect(net.joinedRate).toBeUndefined();
});

test('a lane is chosen by its place, before it trains and after', () => {
  const store = state();
  const chosen = ['lane deep', 'another'];
  const find = () =>
    chosenNets(netsToLookAt(store.getState()), chosen, 4).map(({ name, from }) => [name, from]);
  expect(find()).toEqual([['plain-56', 'form']]);
  store.setState({
    training: { ...noTraining, experiment, runs: runsBefore.map((run) => trained(run, [0.9])) },
  });
  expect(find()).toEqual([['plain-56', 'stage']]);
  expect(missingNets(netsToLookAt(store.getState()), chosen)).toBe(1);
  expect(missingNets(netsToLookAt(store.getState()), null)).toBe(0);
});
