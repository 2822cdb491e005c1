// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CheckField, TextField } from '../Field.tsx';
import { glossary } from './enGlossary.ts';
import { Term } from './Term.tsx';
import { TermText } from './TermText.tsx';
import { TextWithTerms } from './TextWithTerms.tsx';
import { WordsList } from './WordsList.tsx';

/** The part of the platform's popovers that is missing here: only one is open, and one that closes says so. */
beforeEach(() => {
  let shown: HTMLElement | null = null;
  const show = (element: HTMLElement) => {
    shown = element;
  };
  const hide = (element: HTMLElement) => {
    if (shown !== element) return;
    shown = null;
    element.dispatchEvent(Object.assign(new Event('toggle'), { oldState: 'open', newState: 'closed' }));
  };
  Object.assign(HTMLElement.prototype, {
    showPopover(this: HTMLElement) {
      if (shown) hide(shown);
      show(this);
    },
    hidePopover(this: HTMLElement) {
      hide(this);
    },
  });
});
afterEach(cleanup);

const term = (name: string) => screen.getByRole('button', { name });
const card = () => screen.queryByRole('status')?.textContent ?? null;
const opened = (id: keyof typeof glossary) => expect(card()).toContain(glossary[id].sentence);

test('the words come when a term is asked for the first time', async () => {
  render(<Term id="batch">batch</Term>);
  await act(async () => {
    fireEvent.click(term('batch'));
    expect(card()).toBeNull();
    await vi.dynamicImportSettled();
  });
  opened('batch');
});

test.each([
  ['Enter', () => fireEvent.keyDown(term('batch'), { key: 'Enter' })],
  ['Space', () => fireEvent.keyDown(term('batch'), { key: ' ' })],
  ['a press', () => fireEvent.click(term('batch'))],
])('%s opens and closes what a term means', (_, press) => {
  render(<Term id="batch">batch</Term>);
  expect([card(), term('batch').ariaExpanded ?? term('batch').getAttribute('aria-expanded')]).toEqual([null, 'false']); // prettier-ignore
  press();
  opened('batch');
  expect(term('batch').getAttribute('aria-expanded')).toBe('true');
  press();
  expect(card()).toBeNull();
});

test('Escape closes the card and nothing around it', () => {
  const around = vi.fn();
  render(
    <div onKeyDown={around}>
      <Term id="seed">seed</Term>
    </div>,
  );
  term('seed').focus();
  fireEvent.click(term('seed'));
  opened('seed');
  // fireEvent gives false where the default is prevented: a dialog around it would stay.
  expect(fireEvent.keyDown(term('seed'), { key: 'Escape' })).toBe(false);
  expect([card(), around.mock.calls.length]).toEqual([null, 0]);
  expect(document.activeElement).toBe(term('seed'));
  expect(fireEvent.keyDown(term('seed'), { key: 'Escape' })).toBe(true);
  expect(around).toHaveBeenCalledOnce();
});

test('one is open at a time, and it closes when the focus goes on', () => {
  render(
    <>
      <Term id="batch">batch</Term>
      <Term id="epoch">epoch</Term>
      <button type="button">next</button>
    </>,
  );
  fireEvent.click(term('batch'));
  opened('batch');
  fireEvent.click(term('epoch'));
  opened('epoch');
  expect(screen.getAllByRole('status')).toHaveLength(1);
  fireEvent.blur(term('epoch'), { relatedTarget: term('next') });
  expect(card()).toBeNull();
});

test('the press that hides the card does not open it again', () => {
  render(<Term id="loss">loss</Term>);
  fireEvent.click(term('loss'));
  opened('loss');
  fireEvent.pointerDown(term('loss'));
  // The platform hides it before the press has become a click.
  act(() => screen.getByRole('status').hidePopover());
  expect(card()).toBeNull();
  fireEvent.click(term('loss'));
  expect(card()).toBeNull();
  fireEvent.click(term('loss'));
  opened('loss');
});

test('as a label it names its field, and can be asked while the field is locked', () => {
  render(
    <fieldset disabled>
      <TextField id="width" label="Filters" term="filter" value="16" onChange={() => undefined} />
    </fieldset>,
  );
  const field = screen.getByLabelText('Filters');
  expect(field.id).toBe('width');
  expect(fireEvent.click(term('Filters'))).toBe(false);
  opened('filter');
  expect(screen.getByLabelText('Filters')).toBe(field);
});

test('beside a box it leaves the label to be pressed', () => {
  const onChange = vi.fn();
  render(
    <CheckField id="bn" label="Decay batch norm too" term="batchNorm" checked={false} onChange={onChange} />,
  );
  fireEvent.click(screen.getByText('Decay batch norm too'));
  expect(onChange).toHaveBeenCalledExactlyOnceWith(true);
  expect(term('What does \u201cDecay batch norm too\u201d mean?')).toBeTruthy();
  expect(screen.getByLabelText('Decay batch norm too').id).toBe('bn');
});

test('a text reads on through its terms', () => {
  const text = ['twice the ', { term: 'filter', text: 'filters' }, ' of the one before'] as const;
  const { container } = render(<TextWithTerms text={text} />);
  expect(container.textContent).toBe('twice the filters of the one before');
  fireEvent.click(term('filters'));
  opened('filter');
});

test('the list has every term once, in the order of names, and each picture once', () => {
  render(<WordsList />);
  const names = screen.getAllByRole('term').map(({ textContent }) => textContent);
  expect(names).toHaveLength(Object.keys(glossary).length);
  expect(names.slice(0, 3)).toEqual(['Adam', 'Augmentation', 'Autocorrelation']);
  const pictures = screen.getAllByRole('img').map((picture) => picture.getAttribute('aria-label'));
  expect(new Set(pictures).size).toBe(pictures.length);
  expect(pictures).toHaveLength(7);
});

test('a term leads to those that are near, in its card and in the list', () => {
  const { container } = render(<TermText id="capacity" />);
  fireEvent.click(screen.getByRole('button', { name: 'Over-fitting' }));
  expect(container.querySelector('b')!.textContent).toBe('Over-fitting');
  fireEvent.click(screen.getByRole('button', { name: 'Capacity' }));
  expect(container.querySelector('b')!.textContent).toBe('Capacity');
  cleanup();
  render(<WordsList />);
  const batch = document.querySelector<HTMLElement>('[data-term="batch"]')!;
  fireEvent.click(within(batch).getByRole('button', { name: 'Step' }));
  expect(document.activeElement?.textContent).toBe('Step');
});
