// @vitest-environment happy-dom
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Unbroken } from './Unbroken.tsx';

test.each([
  ['Twenty layers or fifty-six: which learns better?', ['fifty-six']],
  ['about 9.5% (plain-20), 8.75% (ResNet-20)', ['plain-20', 'ResNet-20']],
  ['over-fitting, a 3-by-3 filter, option A', []],
  ['', []],
])('%j is the same text, and its names stay whole', (text, names) => {
  const { container } = render(<Unbroken text={text} />);
  expect(container.textContent).toBe(text);
  expect([...container.querySelectorAll('.unbroken')].map((one) => one.textContent)).toEqual(names);
});
