import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCsv } from '../../../runs/codec/csv.ts';
import { ImportError } from '../../../runs/codec/importError.ts';
import { guessChoice } from '../columns/guessChoice.ts';
import type { LogTable } from '../table/logTable.ts';
import { LogText } from './logText.ts';
import { runsFromLog } from '../runs/runsFromLog.ts';
import { readLogTable } from '../testing/readLogTable.ts';

const cellsOf = ({ columns, length, lines }: LogTable) => ({
  cells: columns.map((column) =>
    Array.from({ length }, (_, row) => [column.stateAt(row), column.textAt(row)]),
  ),
  lines: [...lines],
});

test('a text in pieces is the table of the whole, lines counted', () => {
  const cell = fc.oneof(
    fc.constantFrom('1', '2.5', 'x', '', 'a "b"', 'c\nd', 'e,f', 'g\r\nh'),
    fc.string({ maxLength: 4 }),
  );
  const record = fc.tuple(fc.constantFrom('1', '2'), cell, cell);
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 60 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 }),
      (rows, end, sizes) => {
        // Far enough that what a text is was decided before it is cut.
        const padding = Array.from({ length: 4000 }, (_, i) => [
          String(i),
          'some text to fill',
          'the beginning',
        ]);
        const records = [['step', 'one', 'two'], ...padding, ...rows];
        const text = writeCsv(records).replaceAll('\r\n', end);
        const pieces = new LogText('a.csv');
        let at = 70_000;
        pieces.push(text.slice(0, at), false);
        for (let i = 0; at < text.length; i++) {
          const size = sizes[i % sizes.length]!;
          pieces.push(text.slice(at, at + size), at + size >= text.length);
          at += size;
        }
        expect(cellsOf(pieces.finish())).toEqual(cellsOf(readLogTable(text, 'a.csv')));
      },
    ),
    { numRuns: 30 },
  );
});

test('whatever the text, it is read or refused by an ImportError in few words', () => {
  const piece = fc.oneof(
    fc.constantFrom('step', 'epoch', 'train_loss', 'val_acc', 'run', 'key', 'value', ',', ';', '\t', ' ', '\n', '\r\n', '"', '#', 'sep=;', 'NA', 'nan', '1', '0', '0.5', '-1', '1e9', '%', '{', '}', '[', ']', ':', '"loss":', '{"loss":1}', 'null', ' - ', '__MIN', '|', 'train', 'val'), // prettier-ignore
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      try {
        const table = readLogTable(pieces.join(''), 'a.csv');
        runsFromLog(table, guessChoice(table), 'a.csv', 1);
      } catch (error) {
        if (!(error instanceof ImportError)) throw error;
        expect(error.message.length).toBeLessThan(600);
        expect(error.message).toMatch(/[^.]\.$/);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a run of any name is exported and read back by that name', () => {
  const name = fc.oneof(
    fc.string(),
    fc.stringMatching(/^'{0,2}[=+\-@\t\r#]?[a-z0-9 ,"\n]{0,6}$/),
    fc.constantFrom('NA', 'none', '-', '1e5', ' ', '5 %'),
  );
  fc.assert(
    fc.property(name, (given) => {
      const header =
        'lane,name,step,epoch,training_seconds,learning_rate,training_loss,training_error,test_loss,test_error,test_images\r\n';
      const escaped = /^'*[=+\-@\t\r]/.test(given) ? `'${given}` : given;
      const table = readLogTable(
        header + writeCsv([['a', escaped, '1', '', '', '', '2.5', '0.5', '', '', '']]),
        'a.csv',
      );
      expect(runsFromLog(table, guessChoice(table), 'a.csv', 1).map((run) => run.name)).toEqual([given]);
    }),
  );
});
