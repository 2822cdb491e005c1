import { describe, expect, test, vi } from 'vitest';
import { type ConvCase, ConvTuner } from './convTuner.ts';
import { type ConvShape, convShape } from '../conv/convShape.ts';
import type { ConvRole, ConvVariant, ConvVariants } from './convVariant.ts';
import type { TuningMemory } from './tuningMemory.ts';

const big = convShape([8, 16, 16, 8], [3, 3, 8, 8], 1);
const small = convShape([8, 8, 8, 8], [3, 3, 8, 8], 1);

const variant = (name: string, fits: ConvVariant['fits'] = () => true): ConvVariant => ({
  name,
  fits,
  work: () => ({
    kernel: { label: name, bindings: { outputs: [], inputs: [] }, wgsl: () => '', workgroups: [1, 1] },
    parts: 1,
  }),
});
const row = [variant('first'), variant('second'), variant('third')] as const;
const variants: ConvVariants = { forward: row, inputGradient: row, filterGradient: row };

class FakeMemory implements TuningMemory {
  readonly texts = new Map<string, string>();
  readonly writes: string[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
  read(key: string) {
    return Promise.resolve(this.texts.get(key));
  }
  write(key: string, text: string) {
    this.texts.set(key, text);
    this.writes.push(key);
    return Promise.resolve();
  }
}

interface Setup {
  /** Of each variant by name, 1 without it. */
  readonly times?: Readonly<Record<string, number>>;
  readonly memory?: FakeMemory;
  readonly adapter?: string;
  /** What a measurement takes. */
  readonly secondsEach?: number;
}

function setUp({ times = {}, memory = new FakeMemory(), adapter = 'fake', secondsEach = 0 }: Setup = {}) {
  let now = 100;
  const measure = vi.fn((_: ConvCase, of: readonly ConvVariant[]) => {
    now += secondsEach;
    return Promise.resolve(of.map(({ name }) => times[name] ?? 1));
  });
  const tuner = new ConvTuner({ adapter, variants, measure, memory, seconds: () => now });
  const use = (role: ConvRole, shape: ConvShape, batch = 8) => tuner.work(role, shape, batch).kernel.label;
  return { tuner, measure, memory, use };
}

describe('ConvTuner', () => {
  test('uses the favourite until it has tuned, then the fastest', async () => {
    const { tuner, use } = setUp({ times: { first: 3, second: 1, third: 2 } });
    expect(use('forward', big)).toBe('first');
    await tuner.tune(() => use('forward', big));
    expect(use('forward', big)).toBe('second');
    expect(use('forward', small)).toBe('first');
  });

  test('keeps the favourite where another is faster by less than a twentieth, and the earlier of equals', async () => {
    const near = setUp({ times: { first: 1, second: 0.96 } });
    await near.tuner.tune(() => near.use('forward', big));
    expect(near.use('forward', big)).toBe('first');
    const equal = setUp({ times: { first: 1, second: 0.5, third: 0.5 } });
    await equal.tuner.tune(() => equal.use('forward', big));
    expect(equal.use('forward', big)).toBe('second');
  });

  test('never chooses what the device refuses, be it the favourite', async () => {
    const { tuner, use } = setUp({ times: { first: Infinity, second: Infinity, third: 7 } });
    await tuner.tune(() => use('forward', big));
    expect(use('forward', big)).toBe('third');
  });

  test('measures each convolution once, the largest first, and uses the choice for every batch', async () => {
    const { tuner, measure, use } = setUp({ times: { second: 0.1 } });
    const dryRun = () => {
      use('forward', small);
      use('forward', big);
      use('forward', big);
      use('filterGradient', small);
    };
    await tuner.tune(dryRun);
    expect(measure.mock.calls.map(([{ role, shape }]) => [role, shape])).toEqual([
      ['forward', big],
      ['forward', small],
      ['filterGradient', small],
    ]);
    expect(use('forward', big, 250)).toBe('second');
    await tuner.tune(() => use('forward', big, 250));
    expect(measure).toHaveBeenCalledTimes(3);
  });

  test('uses what is remembered without measuring, and measures what is not', async () => {
    const first = setUp({ times: { third: 0.1 } });
    await first.tuner.tune(() => first.use('forward', big));
    const { memory } = first;
    const second = setUp({ memory, times: { second: 0.1 } });
    await second.tuner.tune(() => second.use('forward', big));
    expect(second.use('forward', big)).toBe('third');
    expect(second.measure).not.toHaveBeenCalled();
    expect(memory.writes).toHaveLength(1);

    const third = setUp({ memory, times: { second: 0.1 } });
    await third.tuner.tune(() => {
      third.use('forward', big);
      third.use('inputGradient', big);
    });
    expect([third.use('forward', big), third.use('inputGradient', big)]).toEqual(['third', 'second']);
    expect(third.measure).toHaveBeenCalledTimes(1);
  });

  test('remembers for one adapter and one batch', async () => {
    const { tuner, memory, use } = setUp({ times: { second: 0.1 } });
    await tuner.tune(() => use('forward', big));
    const elsewhere = setUp({ memory, adapter: 'other' });
    await elsewhere.tuner.tune(() => elsewhere.use('forward', big));
    expect(elsewhere.measure).toHaveBeenCalledTimes(1);
    const later = setUp({ memory });
    await later.tuner.tune(() => later.use('forward', big, 128));
    expect(later.measure).toHaveBeenCalledTimes(1);
  });

  test('two lanes that begin at once choose alike, though they would measure differently', async () => {
    const memory = new FakeMemory();
    const lanes = [setUp({ memory, times: { second: 0.1 } }), setUp({ memory, times: { third: 0.1 } })];
    await Promise.all(lanes.map(({ tuner, use }) => tuner.tune(() => use('forward', big))));
    expect(lanes.map(({ use }) => use('forward', big))).toEqual(['second', 'second']);
  });

  test('stops measuring when the budget is spent; the rest keep the favourite, in the next lane too', async () => {
    const { tuner, measure, memory, use } = setUp({ times: { second: 0.1 }, secondsEach: 1 });
    const dryRun = (ask: typeof use) => () => {
      ask('forward', big);
      ask('forward', small);
    };
    await tuner.tune(dryRun(use));
    expect(measure).toHaveBeenCalledTimes(1);
    expect([use('forward', big), use('forward', small)]).toEqual(['second', 'first']);
    const next = setUp({ memory, times: { third: 0.1 } });
    await next.tuner.tune(dryRun(next.use));
    expect(next.use('forward', small)).toBe('first');
    expect(next.measure).not.toHaveBeenCalled();
  });

  test.each([
    ['no JSON', () => '{'],
    ['null', () => 'null'],
    ['a number for a name', (text: string) => text.replace('"second"', '2')],
    ['a name that no variant has', (text: string) => text.replace('second', 'zeroth')],
  ])('measures anew when the memory holds %s, and repairs it', async (_, damage) => {
    const { tuner, memory, use } = setUp({ times: { second: 0.1 } });
    await tuner.tune(() => use('forward', big));
    const [key, text] = [...memory.texts][0]!;
    memory.texts.set(key, damage(text));
    const again = setUp({ memory, times: { second: 0.1 } });
    await again.tuner.tune(() => again.use('forward', big));
    expect(again.measure).toHaveBeenCalledTimes(1);
    expect(memory.texts.get(key)).toBe(text);
  });

  test('does not measure where one variant alone fits, nor choose a remembered one that does not fit', async () => {
    const memory = new FakeMemory();
    const wide = setUp({ memory, times: { third: 0.1 } });
    await wide.tuner.tune(() => wide.use('forward', big));
    const only: ConvVariants = { ...variants, forward: [variant('third', () => false), variant('second')] };
    const measure = vi.fn(() => Promise.resolve([1]));
    const tuner = new ConvTuner({ adapter: 'fake', variants: only, measure, memory, seconds: () => 0 });
    await tuner.tune(() => tuner.work('forward', big, 8));
    expect(measure).not.toHaveBeenCalled();
    expect(tuner.work('forward', big, 8).kernel.label).toBe('second');
  });

  test('a measurement that fails is heard of, and nothing is remembered', async () => {
    const { tuner, measure, memory, use } = setUp();
    measure.mockRejectedValueOnce(new Error('lost'));
    await expect(tuner.tune(() => use('forward', big))).rejects.toThrow('lost');
    expect(memory.texts.size).toBe(0);
  });
});
