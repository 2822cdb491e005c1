import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LaneQueue } from './laneQueue.ts';

const lane = (id: string, bytes = 1) => ({ id, bytes });

test('as many start as there is room for, the others as places fall free, in order', () => {
  const queue = new LaneQueue({ lanes: 2, bytes: Infinity });
  expect(['a', 'b', 'c', 'd'].map((id) => queue.add(lane(id)))).toEqual([true, true, false, false]);
  expect(queue.remove('b')).toEqual(['c']);
  expect(queue.remove('b')).toEqual([]);
  expect(queue.remove('a')).toEqual(['d']);
});

test('who stops waiting takes no place', () => {
  const queue = new LaneQueue({ lanes: 1, bytes: Infinity });
  for (const id of ['a', 'b', 'c']) queue.add(lane(id));
  expect(queue.remove('b')).toEqual([]);
  expect(queue.remove('a')).toEqual(['c']);
});

test('a lane larger than the room trains alone, and no smaller one overtakes it', () => {
  const queue = new LaneQueue({ lanes: 8, bytes: 10 });
  expect(queue.add(lane('small', 4))).toBe(true);
  expect(queue.add(lane('huge', 20))).toBe(false);
  expect(queue.add(lane('tiny', 1))).toBe(false);
  expect(queue.remove('small')).toEqual(['huge']);
  expect(queue.remove('huge')).toEqual(['tiny']);
});

test('whatever comes and goes, the room is never overfull and everyone starts once', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 15 }),
      (bytes, lanes, room) => {
        const queue = new LaneQueue({ lanes, bytes: room });
        const inside = new Map<string, number>();
        const order: string[] = [];
        const start = (id: string) => {
          inside.set(id, bytes[Number(id)]!);
          order.push(id);
        };
        const check = () => {
          expect(inside.size).toBeLessThanOrEqual(lanes);
          const held = [...inside.values()].reduce((sum, one) => sum + one, 0);
          expect(inside.size === 1 || held <= room).toBe(true);
        };
        bytes.forEach((size, i) => {
          if (queue.add(lane(String(i), size))) start(String(i));
          check();
        });
        while (inside.size > 0) {
          const [first] = inside.keys();
          inside.delete(first!);
          queue.remove(first!).forEach(start);
          check();
        }
        expect(order).toEqual(bytes.map((_, i) => String(i)));
      },
    ),
  );
});
