// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { MenuButton } from './MenuButton.tsx';

// happy-dom has no popovers.
beforeAll(() => void (HTMLElement.prototype.showPopover = () => undefined));
afterEach(cleanup);

function open() {
  const chosen = vi.fn<(id: string) => void>();
  const items = () => [
    { id: 'one', icon: 'pause', label: 'Pause', onChoose: () => chosen('one') } as const,
    { id: 'two', icon: 'edit', label: 'Change', why: 'It trains.', onChoose: () => chosen('two') } as const,
    { id: 'three', icon: 'remove', label: 'Remove', onChoose: () => chosen('three') } as const,
  ];
  render(
    <>
      <MenuButton label="Menu of plain-20" heading="plain-20" details={['step 4 of 9']} items={items} />
      <button type="button">another</button>
    </>,
  );
  const button = screen.getByRole('button', { name: 'Menu of plain-20' });
  button.focus();
  return { button, chosen };
}
const focused = () => document.activeElement?.querySelector('span')?.textContent ?? document.activeElement?.getAttribute('aria-label'); // prettier-ignore
const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });
const menu = () => screen.queryByRole('menu');

test('a press opens it, with the focus on its first entry; it says what it is about', () => {
  const { button } = open();
  expect([button.getAttribute('aria-haspopup'), button.getAttribute('aria-expanded')]).toEqual(['menu', 'false']);
  fireEvent.click(button);
  expect([focused(), button.getAttribute('aria-expanded')]).toEqual(['Pause', 'true']);
  expect(menu()!.id).toBe(button.getAttribute('aria-controls'));
  expect(document.getElementById(menu()!.getAttribute('aria-describedby')!)!.textContent).toBe('plain-20step 4 of 9');
  fireEvent.click(button);
  expect(menu()).toBeNull();
}); // prettier-ignore

test('arrows open it at its beginning and its end, and walk; Home and End, too', () => {
  open();
  press('ArrowUp');
  expect(focused()).toBe('Remove');
  const walked = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End'].map((key) => {
    press(key);
    return focused();
  });
  expect(walked).toEqual(['Pause', 'Change', 'Remove', 'Change', 'Pause', 'Remove']);
  press('Escape');
  press('ArrowDown');
  expect(focused()).toBe('Pause');
});

test.each(['Escape', 'Tab'])('%s closes it and hands the focus back', (key) => {
  const { button } = open();
  fireEvent.click(button);
  press('ArrowDown');
  press(key);
  expect([menu(), document.activeElement]).toEqual([null, button]);
});

test('a press beside it closes it, a press on its head does not', () => {
  const { button } = open();
  fireEvent.click(button);
  fireEvent.pointerDown(screen.getByText('step 4 of 9'));
  expect(menu()).not.toBeNull();
  fireEvent.pointerDown(document.body);
  expect(menu()).toBeNull();
});

test('it closes when the focus goes elsewhere, and stays there', () => {
  const { button } = open();
  fireEvent.click(button);
  const other = screen.getByText('another');
  fireEvent.focusOut(document.activeElement!, { relatedTarget: other });
  expect(menu()).toBeNull();
  expect(document.activeElement).not.toBe(button);
});

test('what is chosen happens once the menu is closed and its button has the focus', () => {
  const { button, chosen } = open();
  fireEvent.click(button);
  chosen.mockImplementation(() => expect(document.activeElement).toBe(button));
  fireEvent.click(screen.getByRole('menuitem', { name: 'Remove' }));
  expect(chosen).toHaveBeenCalledExactlyOnceWith('three');
  expect(menu()).toBeNull();
});

test('what cannot be chosen can be reached, says why, and does nothing', () => {
  const { button, chosen } = open();
  fireEvent.click(button);
  const item = screen.getByRole('menuitem', { name: /Change/ });
  expect([item.getAttribute('aria-disabled'), item.textContent]).toEqual(['true', 'ChangeIt trains.']);
  press('ArrowDown');
  expect(document.activeElement).toBe(item);
  fireEvent.click(item);
  expect(chosen).not.toHaveBeenCalled();
  expect(menu()).not.toBeNull();
});
