// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Moment } from '../state/keeping.ts';
import { endRun } from '../state/run.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { DivergedOffer } from './DivergedOffer.tsx';

const [shallow, deep] = runsBefore;
const diverged = endRun(trained(shallow!, [0.5, 0.6, 0.7]), { reason: 'diverged', divergedAt: 3, failure: null }); // prettier-ignore
const moments = new Map([[shallow!.id, [0, 2, 3].map((step): Moment => ({ step, why: 'ladder', bytes: 1, evaluationDue: false }))]]); // prettier-ignore

test('a net that diverged goes back to where its numbers were sound, at a tenth of its rate, by one press', () => {
  const branchRun = vi.fn(() => Promise.resolve());
  mount(<DivergedOffer />, { ...onStage(diverged), moments }, { branchRun });
  expect(screen.getByText(/^plain-20 diverged at step 3\. What it was after step 2 is kept/).isConnected).toBe(true); // prettier-ignore
  fireEvent.click(screen.getByRole('button', { name: 'Go back to step 2, learning rate 0.01' }));
  const { config } = shallow!;
  expect(branchRun.mock.calls).toEqual([
    [shallow!.id, 2, { ...config, optimizer: { ...config!.optimizer, learningRate: 0.01 } }, 'plain-20 from 2, rate 0.01'], // prettier-ignore
  ]);
});

test('a moment that cannot be read is said', async () => {
  const branchRun = () => Promise.reject(new Error('it is damaged'));
  mount(<DivergedOffer />, { ...onStage(diverged), moments }, { branchRun });
  fireEvent.click(screen.getByRole('button'));
  expect((await screen.findByText(/cannot be gone back to: it is damaged\.$/)).isConnected).toBe(true);
});

test('nothing is offered while others train, without a moment, and where none diverged', () => {
  const { container, set } = mount(<DivergedOffer />, {
    ...onStage(diverged, trained(deep!, [0.5])),
    moments,
  });
  expect(container.innerHTML).toBe('');
  set({ ...onStage(diverged), moments: new Map() });
  expect(container.innerHTML).toBe('');
  set({ ...onStage(endRun(diverged, { reason: 'completed', divergedAt: null, failure: null })), moments });
  expect(container.innerHTML).toBe('');
});
