import { beforeEach, expect, test, vi } from 'vitest';
import { insideLater } from './insideLater.ts';

const told: unknown[] = [];
vi.mock('../client/insideClient.ts', () => ({
  createInsideClient: (url: string) => ({
    look: (...asked: readonly unknown[]) => {
      told.push(['look', url, ...asked]);
      return Promise.resolve('seen');
    },
    open: ({ backend }: { readonly backend: string }) => told.push(['open', backend]),
    lanesTrain: (train: boolean) => told.push(['lanesTrain', train]),
  }),
}));

beforeEach(() => {
  told.length = 0;
});

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

test('who is to look soon is made before, once', async () => {
  const inside = insideLater('data/');
  inside.lanesTrain(true);
  inside.open({ backend: 'wasm' } as never);
  await vi.waitFor(() =>
    expect(told).toEqual([
      ['lanesTrain', true],
      ['open', 'wasm'],
    ]),
  );
  await inside.look({ backend: 'wasm' } as never, 'signal', [], {});
  expect(told).toHaveLength(3);
});
