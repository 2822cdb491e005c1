import { expect, test, vi } from 'vitest';
import { insideLater } from './insideLater.ts';

const told: unknown[] = [];
vi.mock('../client/insideClient.ts', () => ({
  createInsideClient: (url: string) => ({
    look: (...asked: readonly unknown[]) => {
      told.push(['look', url, ...asked]);
      return Promise.resolve('seen');
    },
    lanesTrain: (train: boolean) => told.push(['lanesTrain', train]),
  }),
}));

test('who looks is made with the first look, and knows whether lanes train, before and after', async () => {
  const inside = insideLater('data/');
  inside.lanesTrain(false);
  inside.lanesTrain(true);
  expect(told).toEqual([]);
  expect(await inside.look({ backend: 'wasm' } as never, 'signal', [], {})).toBe('seen');
  inside.lanesTrain(false);
  await inside.look({ backend: 'wasm' } as never, 'cut', [], {});
  expect(told.map((one) => (one as unknown[]).slice(0, 2))).toEqual([
    ['lanesTrain', true],
    ['look', 'data/'],
    ['lanesTrain', false],
    ['look', 'data/'],
  ]);
});
