// @vitest-environment happy-dom
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { MiddleCut } from './MiddleCut.tsx';

const drawn = (text: string) => render(<MiddleCut text={text} />).container;

test('a long name may be cut before its end, and is whole as a text; a short one is left', () => {
  const long = drawn('ResNet-56 from 300, rate 0.01 (2)');
  expect(long.textContent).toBe('ResNet-56 from 300, rate 0.01 (2)');
  expect([...long.querySelectorAll('.middle-cut > span')].map((part) => part.textContent)).toEqual([
    'ResNet-56 from 300, rate 0.',
    '01 (2)',
  ]);
  expect(drawn('ResNet-56 (2)').innerHTML).toBe('ResNet-56 (2)');
  expect(drawn('\u{1F469}\u200D\u{1F52C}'.repeat(15)).querySelectorAll('span')[2]?.textContent).toBe(
    '\u{1F469}\u200D\u{1F52C}'.repeat(6),
  );
});
