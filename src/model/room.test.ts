import { expect, test } from 'vitest';
import { hasRoom, roomOf, startingLanes } from './room.ts';

const gibibyte = 2 ** 30;

test('a processor gives a lane to each core, four at least; a graphics card eight', () => {
  const lanes = (processor: boolean, cores: number) => roomOf({ processor, cores, deviceGibibytes: 8 }).lanes;
  expect([lanes(true, 2), lanes(true, 12), lanes(false, 2)]).toEqual([4, 12, 8]);
});

test('lanes take half of the memory at most, and that of a usual machine where the browser does not tell', () => {
  const bytes = (deviceGibibytes: number | undefined) =>
    roomOf({ processor: true, cores: 4, deviceGibibytes }).bytes;
  expect([bytes(4), bytes(undefined)]).toEqual([2 * gibibyte, 4 * gibibyte]);
});

test('lanes start in order until one does not fit; the first always starts', () => {
  const room = { lanes: 3, bytes: 10 };
  expect(startingLanes(room, [4, 4, 2, 1])).toBe(3);
  expect(startingLanes(room, [4, 7, 1])).toBe(1);
  expect(startingLanes(room, [40, 1])).toBe(1);
  expect(startingLanes(room, [1, 2])).toBe(2);
  expect(hasRoom(room, [], 40)).toBe(true);
  expect(hasRoom(room, [4, 4], 3)).toBe(false);
});
