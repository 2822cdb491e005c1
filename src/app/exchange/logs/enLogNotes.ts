/** What is said of a log that was read: what was skipped, merged or taken for granted. */
import type { Repeat, Unit } from './columns/columnChoice.ts';
import { cut } from '../../../model/boundedText.ts';
import { integer, listUpTo } from '../../ui/format.ts';

const count = (number: number, one: string, many: string) =>
  number === 1 ? `One ${one}` : `${integer(number)} ${many}`;
const quoted = (name: string) => `\u201c${cut(name, 30)}\u201d`;

const NAMED = 5;
const names = (all: readonly string[]) => listUpTo(all.map(quoted), NAMED, (rest) => `${integer(rest)} more`);

/** Of the file as it stands. */
export const logNotes = {
  encoding: (name: string) => `The text is read as ${name}.`,
  separatorLine: 'The line \u201csep=\u201d is skipped.',
  preface: (lines: number) =>
    `${count(lines, 'line', 'lines')} above the names of the columns ${lines === 1 ? 'is' : 'are'} skipped.`,
  comments: (lines: number) =>
    `${count(lines, 'line', 'lines')} that begin${lines === 1 ? 's' : ''} with # ${lines === 1 ? 'is' : 'are'} skipped.`,
  namesInComment: 'The names of the columns are those of the line that begins with #.',
  namesAgain: (times: number, line: number) =>
    times === 1
      ? `The names of the columns stand once more in line ${integer(line)}, which is skipped.`
      : `The names of the columns stand ${integer(times)} more times, first in line ${integer(line)}; those lines are skipped.`,
  cut: (line: number) => `The last line, ${integer(line)}, was cut short and is left out.`,
  decimalComma: 'A comma is read as the decimal point.',
  thousands: 'Commas between digits are read as marks of thousands: 1,234 is 1234.',
  unnamed: (position: number) => `column ${position}`,
  jsonLines: 'Each line is a JSON object; their values are the columns.',
  ownEvents: 'These are the events of a run of this program\u2019s command line: one a step and one a test.',
  jsonRecords: (place: string | null) =>
    place === null
      ? 'The file is JSON; the values of its records are the columns.'
      : `The file is JSON of another program; the records under ${quoted(place)} are the rows.`,
  noObjects: (lines: number) =>
    `${count(lines, 'line', 'lines')} that hold${lines === 1 ? 's' : ''} no JSON object ${lines === 1 ? 'is' : 'are'} skipped.`,
  named: (columns: readonly string[]) => `The cells of ${names(columns)} name the curves.`,
};

const units: Record<Unit, string> = { step: 'a step', epoch: 'an epoch', stepOfEpoch: 'a step' };

/** Of what a choice of columns makes of it. */
export const readingNotes = {
  rowsCount: (unit: Unit) => `No column counts: each row is ${units[unit]}, from 1.`,
  rounded: (values: number) =>
    `${count(values, 'value', 'values')} less than a millionth beyond 0% or 100% ${values === 1 ? 'is' : 'are'} taken as that.`,
  nowhere: (rows: number) =>
    `${count(rows, 'row', 'rows')} without a step ${rows === 1 ? 'is' : 'are'} left out.`,
  noHistory: (runs: readonly string[]) =>
    `The history of ${names(runs)} was damaged or changed by hand, and is left out: what ${runs.length === 1 ? 'it comes' : 'they come'} from is not known. The curves are read.`,
  leftOut: (columns: readonly string[]) =>
    `Not drawn: ${names(columns)}. Each curve has one column, or several that never tell of one step.`,
  extremes: (columns: number) =>
    `${count(columns, 'column', 'columns')} of extremes (__MIN, __MAX) ${columns === 1 ? 'is' : 'are'} left out.`,
  held: (columns: readonly string[]) =>
    `${names(columns)} ${columns.length === 1 ? 'does' : 'do'} not say of which images; as other columns say that they are of training, ${columns.length === 1 ? 'it is' : 'they are'} taken as tests.`,
  together: (columns: readonly string[]) => `${names(columns)} are drawn as one curve: no step has both.`,
  mixed: (shares: readonly string[], percents: readonly string[]) =>
    `By their numbers ${names(shares)} ${shares.length === 1 ? 'is a share' : 'are shares'}, 0 to 1, and ${names(percents)} ${percents.length === 1 ? 'is' : 'are'} in %. Correct that if it is not so.`,
  identical: (values: number) =>
    `${count(values, 'value stands', 'values stand')} twice, equal: each is drawn once.`,
  replaced: (values: number, step: number, line: number) =>
    `${count(values, 'value comes', 'values come')} again, first at step ${integer(step)} in line ${integer(line)}: the later one counts.`,
  restarted: (times: number, line: number, again: Repeat) =>
    `The count begins anew ${times === 1 ? 'once' : `${integer(times)} times`}, first in line ${integer(line)}: ${again === 'split' ? 'another run begins there.' : 'what follows is appended. If these are several runs, say so under \u201cA step that comes again\u201d.'}`,
};
