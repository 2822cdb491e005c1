import { expect, test } from 'vitest';
import { percent } from '../../ui/format.ts';
import { summarise } from './chartSummary.ts';
import { shortName } from './shortName.ts';

const line = (
  name: string,
  values: readonly number[],
  test: readonly { step: number; y: number }[] = [],
) => ({
  name,
  values: Float64Array.from(values),
  trained: values.at(-1) ?? null,
  steps: Float64Array.from(values, (_, i) => i + 1),
  test: test.map((point) => ({ ...point, x: point.step, images: 500, std: null })),
});

test('the last values of each line, training and test; a line without any is not told', () => {
  expect(
    summarise('Error, %', percent, [
      line('plain-20', [0.9, 0.5], [{ step: 2, y: 0.6 }]),
      line('plain-56', [0.9]),
      line('gap alone', [], [{ step: 1200, y: 0.1 }]),
      line('nothing', []),
    ]),
  ).toBe(
    'Error, %. plain-20 at step 2: training 50.0% and test 60.0%; plain-56 at step 1: training 90.0%; gap alone at step 1,200: test 10.0%.',
  );
  expect(summarise('Loss', percent, [line('nothing', [])])).toBe('Loss: nothing recorded yet.');
});

test('a name that does not fit loses length where the words have a shorter form, before it is cut', () => {
  const within = (most: number) => (name: string) =>
    name.length <= most ? name : `${name.slice(0, most - 1)}\u2026`;
  const shortest = (name: string, most: number) => shortName(name, within(most));
  expect(shortest('ResNet-20 recorded (2)', 30)).toBe('ResNet-20 recorded (2)');
  expect(shortest('ResNet-20 recorded (2)', 18)).toBe('ResNet-20 rec. (2)');
  expect(shortest('ResNet-56 recorded \u00d72', 17)).toBe('ResNet-56 rec. \u00d72');
  expect(shortest('ResNet-56 recorded \u00d72', 15)).toBe('ResNet-56 rec.');
  expect(shortest('mine (imported)', 11)).toBe('mine (imp.)');
  expect(shortest('a long name of its own', 8)).toBe('a long \u2026');
});
