// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { CheckField, SelectField, TextField } from './Field.tsx';

afterEach(cleanup);

const ignore = () => undefined;
/** What is said of the field to who does not see it. */
const described = (field: HTMLElement) =>
  (field.getAttribute('aria-describedby')?.split(' ') ?? []).map((id) => document.getElementById(id)!.textContent); // prettier-ignore

test('a field without fault or hint refers to nothing', () => {
  render(<TextField id="rate" label="Rate" value="0.1" onChange={ignore} />);
  const field = screen.getByLabelText('Rate');
  expect(field.getAttribute('aria-invalid')).toBe('false');
  expect(field.hasAttribute('aria-describedby')).toBe(false);
});

test('a fault is tied to its field, before the hint', () => {
  render(<TextField id="rate" label="Rate" value="x" hint="0 to 10" fault="No number." onChange={ignore} />);
  const field = screen.getByLabelText('Rate');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(described(field)).toEqual(['No number.', '0 to 10']);
});

test.each(['', '1,5', '1e', '\u0661', ' 7 '])('what is typed comes as it is: %j', (typed) => {
  const onChange = vi.fn();
  render(<TextField id="rate" label="Rate" value="0.1" onChange={onChange} />);
  const field = screen.getByLabelText<HTMLInputElement>('Rate');
  // A field of type number would give nothing for what it cannot read.
  expect([field.type, field.inputMode]).toEqual(['text', 'decimal']);
  fireEvent.change(field, { target: { value: typed } });
  expect(onChange).toHaveBeenCalledExactlyOnceWith(typed);
  // It is the owner who keeps it.
  expect(field.value).toBe('0.1');
});

test('a choice offers every option by its words and gives back its key', () => {
  const onChange = vi.fn();
  render(
    <SelectField<'one' | 'two'> id="b" label="Block" hint="of layers" value="one" options={{ one: 'First', two: 'Second' }} onChange={onChange} />,
  ); // prettier-ignore
  const field = screen.getByLabelText('Block');
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['First', 'Second']);
  expect(described(field)).toEqual(['of layers']);
  fireEvent.change(field, { target: { value: 'two' } });
  expect(onChange).toHaveBeenCalledExactlyOnceWith('two');
});

test('a box tells whether it is ticked now', () => {
  const onChange = vi.fn();
  render(<CheckField id="c" label="Test at the end" checked={false} onChange={onChange} />);
  fireEvent.click(screen.getByLabelText('Test at the end'));
  expect(onChange).toHaveBeenCalledExactlyOnceWith(true);
});
