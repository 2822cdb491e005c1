// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { Tabs } from './Tabs.tsx';

afterEach(cleanup);

const tabs = [
  { id: 'curves', name: 'Curves' },
  { id: 'network', name: 'Network' },
  { id: 'signal', name: 'Signal' },
] as const;

function Page() {
  const [chosen, setChosen] = useState<(typeof tabs)[number]['id']>('curves');
  return (
    <Tabs label="Views" tabs={tabs} chosen={chosen} onChoose={setChosen}>
      {`shows ${chosen}`}
    </Tabs>
  );
}
const chosen = () => screen.getByRole('tab', { selected: true });

test('a tab shows its panel, which is named after it', () => {
  render(<Page />);
  fireEvent.click(screen.getByRole('tab', { name: 'Network' }));
  const panel = screen.getByRole('tabpanel');
  expect(panel.textContent).toBe('shows network');
  expect(panel.getAttribute('aria-labelledby')).toBe(chosen().id);
  expect(chosen().getAttribute('aria-controls')).toBe(panel.id);
});

test.each([
  ['ArrowRight', 'Network'],
  ['ArrowLeft', 'Signal'],
  ['End', 'Signal'],
  ['Home', 'Curves'],
])('%s from the first goes to %s, and takes the focus along', (key, name) => {
  render(<Page />);
  chosen().focus();
  fireEvent.keyDown(chosen(), { key });
  expect([chosen().textContent, document.activeElement?.textContent]).toEqual([name, name]);
});

test('only the chosen tab is in the order of Tab', () => {
  render(<Page />);
  expect(screen.getAllByRole('tab').map((tab) => tab.tabIndex)).toEqual([0, -1, -1]);
});
