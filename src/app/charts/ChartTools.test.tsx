// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { ChartLegend } from './ChartLegend.tsx';
import { ChartTools } from './ChartTools.tsx';
import { createChartSpace } from './reading/chartSpace.ts';

const tools = (
  <ChartTools
    space={createChartSpace()}
    showsTable={false}
    onTable={() => undefined}
    isFrozen={false}
    onFreeze={() => undefined}
    onAxis={() => undefined}
    exchange={null}
  />
);
const run = (i: number) => ({ ...trained(runsBefore[i % 3]!, [0.9]), id: `1/lane-${i}`, lane: `lane-${i}`, name: `lane ${i}` }); // prettier-ignore
const lanes = (count: number) => Array.from({ length: count }, (_, i) => run(i));
const sideBySide = () => screen.queryByRole('button', { name: 'Side by side' });

test('the menu says what is shown, and all measures are one press away', () => {
  const { app } = mount(tools);
  const view = () => app.store.getState().view;
  expect([view().measure, view().allMeasures]).toEqual(['error', false]);
  fireEvent.change(screen.getByRole('combobox', { name: 'Show' }), { target: { value: 'loss' } });
  fireEvent.click(screen.getByRole('button', { name: 'All measures' }));
  expect([view().measure, view().allMeasures]).toEqual(['loss', true]);
  expect(screen.getByRole('button', { name: 'All measures' }).getAttribute('aria-pressed')).toBe('true');
});

test('side by side is offered from five lanes, and before that behind More', () => {
  mount(tools, onStage(...lanes(4)));
  expect(sideBySide()).toBeNull();
  expect(screen.getByLabelText('Side by side')).toBeTruthy();
});

test('five lanes are offered it among the tools', () => {
  const { app } = mount(tools, onStage(...lanes(5)));
  expect(app.store.getState().view.sideBySide).toBe(false);
  fireEvent.click(sideBySide()!);
  expect(app.store.getState().view.sideBySide).toBe(true);
});

test('the legend lists the runs that are not of the present experiment, and brings one forward that is pointed at', () => {
  const earlier = { ...run(7), name: 'earlier' };
  const { app } = mount(<ChartLegend />, { ...onStage(run(0)), imported: [earlier] });
  const entries = screen.getAllByRole('button');
  expect(entries.map(({ textContent }) => textContent)).toEqual(['earlier']);
  const highlighted = () => app.store.getState().highlighted;
  fireEvent.pointerEnter(entries[0]!);
  expect(highlighted()).toBe(earlier.id);
  fireEvent.pointerLeave(entries[0]!);
  expect(highlighted()).toBeNull();
  fireEvent.focus(entries[0]!);
  expect(highlighted()).toBe(earlier.id);
  fireEvent.blur(entries[0]!);
  fireEvent.click(entries[0]!);
  expect([highlighted(), app.store.getState().view.hidden]).toEqual([null, [earlier.id]]);
});

test('with nothing beside the present experiment there is no legend', () => {
  const { container } = mount(<ChartLegend />, onStage(run(0)));
  expect(container.innerHTML).toBe('');
});

test('drawing is paused behind More, and goes on by a button of its own that is there as long as it is paused', () => {
  const onFreeze = vi.fn();
  const { container } = mount(
    <ChartTools
      space={createChartSpace()}
      showsTable={false}
      onTable={() => undefined}
      isFrozen
      onFreeze={onFreeze}
      onAxis={() => undefined}
      exchange={null}
    />,
  );
  expect(screen.getByRole('status').textContent).toBe('Drawing is paused; training is not.');
  fireEvent.click(screen.getByRole('button', { name: 'Draw on' }));
  fireEvent.click(screen.getByLabelText('Pause drawing'));
  expect(onFreeze.mock.calls).toEqual([[false], [false]]);
  expect(container.querySelector('.tools')?.getAttribute('data-compact')).toBe('false');
});
