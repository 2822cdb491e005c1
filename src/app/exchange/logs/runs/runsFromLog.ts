/** Runs out of a logged table, by what a person says that its columns mean. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { unescapeText } from '../../../runs/codec/csv.ts';
import { LONGEST_TAG, MOST_TAGS } from '../../../runs/codec/runSchemas.ts';
import type { Past } from '../../../runs/codec/historyCell.ts';
import { readHistoryCell } from '../../../runs/codec/readHistoryCell.ts';
import { numberedNames, type aboutColumns } from '../../../runs/codec/runsCsv.ts';
import { logFaults as faults } from '../enLogFaults.ts';
import { readingNotes as notes } from '../enLogNotes.ts';
import { distinctStyle, unknownStyle } from '../../../runs/looks/laneStyles.ts';
import { createRun, type Run } from '../../../state/run.ts';
import { repeatNotes } from './repeatNotes.ts';
import { RunCollector, type Again, type ValueKey } from './collectRun.ts';
import { EMPTY, NUMBER, TEXT, type Column } from '../table/column.ts';
import { curveKeys, extraKeys, isShare, runOfColumn, type ColumnChoice, type CurveKey, type Repeat } from '../columns/columnChoice.ts'; // prettier-ignore
import { choiceNotes } from '../columns/choiceNotes.ts';
import { guessRepeat } from '../columns/guessRepeat.ts';
import type { LogTable } from '../table/logTable.ts';
import { nameOfFile } from '../text/nameOfFile.ts';
import { epochsOf, NOWHERE, placesOf, runsOf } from '../columns/places.ts';
import { runOf } from './runOf.ts';
import { SharesReader } from './shares.ts';
import type { LaneStyle } from '../../../state/laneStyle.ts';

/** More than these in one file are not runs: a column was chosen that names something else. */
const MOST_RUNS = 64;
/** Nothing trains longer. */
const MOST_STEPS = 1e9;
/** Characters that are kept of a run's name. */
const LONGEST_NAME = 200;

interface Source {
  readonly key: ValueKey;
  readonly index: number;
  readonly column: Column;
  readonly isCurve: boolean;
  /** Whether its numbers are shares of images. */
  readonly isShare: boolean;
}

/** One run of the file: its columns and its rows. */
interface Group {
  readonly name: string;
  readonly about: About;
  readonly sources: readonly Source[];
}

/** What this page wrote of a run beside its curves. `past`: null where it has none, 'damaged' where that cannot be read. */
type About = Pick<Run, 'tags' | 'note'> & { readonly past: Past | 'damaged' | null };
const nothing: About = { tags: [], note: '', past: null };

interface Reading {
  readonly table: LogTable;
  readonly choice: ColumnChoice;
  readonly again: Repeat;
  readonly shares: SharesReader;
}

/**
 * The runs, under names of their own. `file` stands in the messages; `ordinal` keeps the ids of several imports apart; `say` is told
 * what was merged, left out or taken for granted, and whether that is about steps that come again. What is not logged is not filled in. Throws {@link ImportError}.
 */
export function runsFromLog(
  table: LogTable,
  choice: ColumnChoice,
  file: string,
  ordinal: number,
  say: Say = () => undefined,
): readonly Run[] {
  if (choice.place === null) throw new ImportError(faults.noPlace);
  const again = repeatOf(table, choice);
  const reading: Reading = { table, choice, again, shares: new SharesReader(table, file, choice) };
  const collectors = choice.layout === 'wide' ? wideRuns(reading, file) : longRuns(reading, file);
  for (const sentence of choiceNotes(table, choice)) say(sentence);
  if (choice.place === 'row') say(notes.rowsCount(choice.unit));
  for (const sentence of reading.shares.notes()) say(sentence);
  const repeated = collectors.map(({ collector }) => collector.repeated);
  for (const sentence of repeatNotes(repeated, again, (row) => table.lines[row] ?? 0))
    say(sentence, 'repeats');
  const styles: LaneStyle[] = [];
  const names = numberedNames(collectors.map(({ name }) => name));
  const idOf = (i: number) => `imported/${ordinal}/${i}`;
  const pasts = collectors.map(({ about: { past } }) => past);
  const damaged = names.filter((_, i) => pasts[i] === 'damaged');
  if (damaged.length > 0) say(notes.noHistory(damaged));
  const ids = new Map(
    pasts.flatMap((past, i) => (past !== null && past !== 'damaged' ? [[past.id, idOf(i)] as const] : [])),
  );
  return collectors.map(({ collector, about: { past, ...about } }, i) => {
    const style = distinctStyle(unknownStyle, styles);
    styles.push(style);
    const lane = `imported-${ordinal}-${i}`;
    const { config, history } = past === null || past === 'damaged' ? { config: null, history: [] } : past;
    const run = createRun({ id: idOf(i), lane, name: names[i]!, style, config });
    return runOf(collector.finish(), choice, table.isOurs, {
      ...run,
      ...about,
      // Of what it is a branch may be in the file, too.
      history: history.map((chapter) =>
        chapter.kind === 'branched' ? { ...chapter, run: ids.get(chapter.run) ?? chapter.run } : chapter,
      ),
    });
  });
}

type Say = (sentence: string, about?: 'repeats') => void;

/** What a step means that comes again: as it was chosen, or as the rows look. */
export const repeatOf = (table: LogTable, choice: ColumnChoice): Repeat =>
  choice.again ?? guessRepeat(table, choice);

interface NamedCollector {
  readonly name: string;
  readonly about: About;
  readonly collector: RunCollector;
}

function longRuns(reading: Reading, file: string): readonly NamedCollector[] {
  const { table, choice } = reading;
  if (curveKeys.every((key) => choice.curves[key].length === 0)) throw new ImportError(faults.noCurve);
  const sources = [
    ...curveKeys.flatMap((key) => choice.curves[key].flatMap((index) => sourceOf(table, key, index))),
    ...extraKeys
      .filter((key) => key !== 'epoch' || choice.unit === 'step')
      .flatMap((key) => sourceOf(table, key, choice.extras[key])),
  ];
  const runs = runsOf(table, choice.run);
  const columns = choice.run.flatMap((i) => table.columns[i] ?? []);
  const nameOf = (row: number) => {
    const texts = columns.map((column) => column.textAt(row));
    const cells = table.isOurs ? texts : texts.filter((cell) => cell !== '');
    return cells.length === 0
      ? nameOfFile(file)
      : cells.map((cell) => shortName(cell, table.isOurs)).join(' \u00b7 ');
  };
  const group = (run: number): Group => {
    const row = runs.rows[run]!;
    return { name: nameOf(row), about: table.isOurs ? aboutOf(table, row) : nothing, sources };
  };
  return collect(reading, file, runs.of, group);
}

function wideRuns(reading: Reading, file: string): readonly NamedCollector[] {
  const { table, choice } = reading;
  if (choice.wide.length === 0) throw new ImportError(faults.noColumns);
  // Columns of one run share what stands before the curve's name; each of two of one curve is a run of its own.
  const groups = new Map<string, Source[]>();
  for (const { column: index, curve } of choice.wide) {
    const title = table.header[index] ?? '';
    const given = runOfColumn(title) ?? title;
    const isTaken = groups.get(given)?.some(({ key }) => key === curve) ?? false;
    const name = isTaken ? title : given;
    groups.set(name, [...(groups.get(name) ?? []), ...sourceOf(table, curve, index)]);
  }
  if (groups.size > MOST_RUNS) throw new ImportError(faults.manyRuns(MOST_RUNS));
  return [...groups].flatMap(([name, sources]) =>
    collect(
      reading,
      file,
      () => 0,
      () => ({ name: shortName(name, false), about: nothing, sources }),
    ),
  );
}

function sourceOf({ columns }: LogTable, key: ValueKey, index: number | null): readonly Source[] {
  const column = index === null ? undefined : columns[index];
  return index === null || !column
    ? []
    : [{ key, index, column, isCurve: isCurve(key), isShare: isCurve(key) && isShare(key) }];
}

const isCurve = (key: ValueKey): key is CurveKey => curveKeys.some((curve) => curve === key);

function shortName(cell: string, isOurs: boolean): string {
  const name = isOurs ? unescapeText(cell) : cell;
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}\u2026` : name;
}

/** In the first row of a run; a file from before it was written has none of it. */
function aboutOf({ columns }: LogTable, row: number): About {
  const textIn = (name: (typeof aboutColumns)[number]) =>
    unescapeText(columns.find((column) => column.name === name)?.textAt(row) ?? '');
  const tags = textIn('tags').split('\n');
  const past = textIn('history_data');
  return {
    tags: tags.filter((tag) => tag !== '' && tag.length <= LONGEST_TAG).slice(0, MOST_TAGS),
    note: textIn('note'),
    past: past === '' ? null : (readHistoryCell(past) ?? 'damaged'),
  };
}

/** Reads all rows into the runs that `runOfRow` tells. */
function collect(
  reading: Reading,
  file: string,
  runOfRow: (row: number) => number,
  groupOf: (run: number) => Group,
): readonly NamedCollector[] {
  const { table, choice, again, shares } = reading;
  const placeOf = placesOf(table, choice);
  const epochOf = epochsOf(table, choice);
  const made: NamedCollector[] = [];
  const current: ({ readonly collector: RunCollector; readonly group: Group; rows: number } | undefined)[] =
    [];
  const open = (run: number) => {
    if (made.length === MOST_RUNS) throw new ImportError(faults.manyRuns(MOST_RUNS));
    const group = groupOf(run);
    const refuse = (found: Again) => refuseAgain(reading, file, group, found);
    const collector = new RunCollector(
      [...new Set([...group.sources.map(({ key }) => key), 'epoch' as const])],
      again,
      refuse,
    );
    made.push({ name: group.name, about: group.about, collector });
    const opened = { collector, group, rows: current[run]?.rows ?? 0 };
    current[run] = opened;
    return opened;
  };
  const filled: Source[] = [];
  const isCounted = again === 'append' || again === 'split';
  let nowhere = 0;
  for (let row = 0; row < table.length; row++) {
    const run = runOfRow(row);
    let { collector, group, rows } = current[run] ?? open(run);
    filled.length = 0;
    for (const source of group.sources) if (source.column.stateAt(row) !== EMPTY) filled.push(source);
    // What says nothing of a curve needs no place.
    if (filled.length === 0) continue;
    const place = placeOf(row, rows);
    current[run]!.rows = rows + 1;
    if (place === NOWHERE) {
      nowhere++;
      continue;
    }
    if (!Number.isInteger(place) || place < 0 || place > MOST_STEPS) refusePlace(reading, file, row);
    if (isCounted && collector.begins(row, place, filled)) ({ collector, group, rows } = open(run));
    for (const { column, key, index, isCurve: isDrawn, isShare: isImages } of filled) {
      if (column.stateAt(row) === TEXT) {
        throw new ImportError(
          faults.noNumber(file, table.lines[row]!, table.header[index]!, column.textAt(row)),
        );
      }
      const number = column.numberAt(row);
      collector.add(row, place, key, isImages ? shares.read(index, row, number) : number, isDrawn);
    }
    if (epochOf)
      collector.add(
        row,
        place,
        'epoch',
        epochOf(row, place) + collector.offset / choice.stepsPerEpoch,
        false,
      );
  }
  shares.nowhere(nowhere);
  return made;
}

function refusePlace({ table, choice }: Reading, file: string, row: number): never {
  if (typeof choice.place !== 'number') throw new ImportError(faults.noSteps);
  const { place, unit } = choice;
  const cell = table.columns[place]?.textAt(row) ?? '';
  throw new ImportError(faults.noStep(file, table.lines[row]!, table.header[place] ?? '', cell, unit));
}

function refuseAgain(
  { table, choice }: Reading,
  file: string,
  { name, sources }: Group,
  { row, step, key }: Again,
): never {
  const source = sources.find((one) => one.key === key && one.column.stateAt(row) === NUMBER);
  const column = source ? table.header[source.index]! : '';
  const { place, extras } = choice;
  const counted =
    typeof place === 'number' ? (table.columns[place]?.textAt(row) ?? String(step)) : String(step);
  const other = extras.epoch === null ? null : table.header[extras.epoch]!;
  throw new ImportError(faults.twice(file, table.lines[row]!, name, counted, column, other));
}
