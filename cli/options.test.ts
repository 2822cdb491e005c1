import { availableParallelism } from 'node:os';
import { describe, expect, test } from 'vitest';
import { UsageError } from './commandError.ts';
import { readOptions, readThreads, wholeNumber } from './options.ts';

const known = {
  config: { type: 'string', value: 'FILE', required: true },
  steps: { type: 'string', value: 'N' },
  out: { type: 'string', value: 'DIR' },
  json: { type: 'boolean' },
} as const;
const read = (...args: string[]) => readOptions('npm run it', known, args);

describe('options', () => {
  test('are read in both spellings; what is not given is undefined or false', () => {
    expect(read('--config', 'a b.json', '--steps=3')).toEqual({
      config: 'a b.json',
      steps: '3',
      out: undefined,
      json: false,
    });
    expect(read('--json', '--config', '-')).toMatchObject({ config: '-', json: true });
  });

  test.each([
    [
      ['--stpes', '3'],
      ['--stpes is no option: --steps is', '"3" belongs to no option'],
    ],
    [['--step=3'], ['--step is no option: --steps is']],
    [['--conf=3'], ['--conf is no option: --config is']],
    [
      ['--colour', 'red'],
      ['--colour is no option', '"red" belongs to no option'],
    ],
    [['-s'], ['-s is no option: --steps is']],
    [['--no-json'], ['--no-json is no option']],
    [['--steps', '3', '--steps', '4'], ['--steps is given twice: give it once']],
    [['--json', '--json'], ['--json is given twice: give it once']],
    [['--steps'], ['--steps needs a value: --steps N']],
    [['--steps='], ['--steps needs a value: --steps N']],
    [['--steps', '--json'], ['--steps needs a value: --steps N']],
    [['--out', '--steps=3'], ['--out needs a value: --out DIR']],
    [['--json=yes'], ['--json takes no value']],
    [['run.json'], ['"run.json" belongs to no option']],
  ])('%j is refused, a line a fault, with the usage below', (args, faults) => {
    const reading = () => read('--config', 'a.json', ...args);
    expect(reading).toThrow(UsageError);
    expect(reading).toThrow(
      `${faults.join('\n')}\nusage: npm run it -- --config FILE [--steps N] [--out DIR] [--json]`,
    );
  });

  test('one that is needed is asked for', () => {
    expect(() => read('--json')).toThrow('--config FILE is missing\nusage: ');
  });
});

test.each(['0', '-3', '1.5', 'ten', '', ' ', 'NaN', 'Infinity', '1e999', '0x10', '9007199254740993', '٣'])(
  '%j is no whole number above 0',
  (text) => {
    expect(() => wholeNumber('steps', text)).toThrow(`--steps must be a whole number above 0, not "${text}"`);
  },
);
test.each([
  ['1', 1],
  ['64000', 64_000],
  ['1e3', 1000],
])('%j is %i', (text, value) => {
  expect(wholeNumber('steps', text)).toBe(value);
});

test('threads: up to the number of processors, on WASM', () => {
  const processors = availableParallelism();
  expect(readThreads(undefined, 'cpu')).toBe(1);
  expect(readThreads('1', 'cpu')).toBe(1);
  expect(readThreads(String(processors), 'wasm')).toBe(processors);
  expect(() => readThreads(String(processors + 1), 'wasm')).toThrow(/more threads would wait for each other/);
  if (processors > 1)
    expect(() => readThreads('2', 'webgpu')).toThrow(/--threads 2 needs --backend wasm, not webgpu/);
});
