/** Files that are no logs, each called what it is. */
import { expect, test } from 'vitest';
import { encode, runsIn } from './testing/runsIn.ts';

test.each([
  ['a.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), /Excel workbook. Save the sheet as CSV/],
  [
    'events.out.tfevents.1',
    encode('\x18\0\0\0\0\0\0\0xxxx\x09\0\0\xc0\x1abrain.Event:2'),
    /TensorBoard.s events/,
  ],
  ['a.csv.gz', Uint8Array.from([0x1f, 0x8b, 8, 0]), /is compressed. Unpack it/],
  ['mlflow.db', encode('SQLite format 3\0'), /is a database/],
  [
    'curve.png',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0),
    /curve\.png is a picture/,
  ],
  ['log.html', encode('<!doctype html><table>'), /is a web page/],
  ['a.bin', Uint8Array.from([1, 2, 0, 0, 0, 9]), /no text file/],
  [
    'train.log',
    encode('Epoch 1 finished with loss 2.3\nEpoch 2 finished with loss 2.1\n'),
    /holds lines of text, not a table/,
  ],
  [
    'train.log',
    encode('Epoch: [0][0/391], Loss 2.35, Prec@1 9.4\nEpoch: [0][50/391], Loss 1.95, Prec@1 25.1\n'),
    /holds lines of text/,
  ],
  ['a.json', encode('{"a": 1}'), /neither runs of this page nor a list of records/],
  ['a.json', encode('{"loss": [1, 2'), /begins as JSON and is none, or was cut short/],
  ['a.csv', encode(''), /has no rows/],
  ['a.csv', encode('# only a comment\n'), /has no rows/],
  ['a.csv', encode(`step,loss\n1,"${'x'.repeat(5_000_000)}`), /Line 2 of a.csv opens a quote/],
  ['a.csv', encode(`step,loss\n1,${'x'.repeat(5_000_000)}`), /more than 4,000,000 characters/],
  ['a.csv', encode(Array.from({ length: 50_000 }, (_, i) => `c${i}`).join(',')), /more than 1,000 columns/],
])('%s is refused for what it is, in few words', async (name, content, message) => {
  const error: unknown = await runsIn(name, content).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'ImportError' });
  expect(String(error)).toMatch(message);
  expect(String(error).length).toBeLessThan(600);
});
