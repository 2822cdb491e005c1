/** The worker's side: holds the file that was read, and answers what is asked of it. */
import { toFailure } from '../../../../protocol/failure.ts';
import { ImportError } from '../../../runs/codec/importError.ts';
import type { Run } from '../../../state/run.ts';
import { guessChoice } from '../columns/guessChoice.ts';
import type { ColumnChoice } from '../columns/columnChoice.ts';
import type { LogCommand, LogMessage, LogOutline, LogReading } from '../logProtocol.ts';
import type { LogTable } from '../table/logTable.ts';
import { nameCurves } from '../columns/nameCurves.ts';
import { readFile } from './readFile.ts';
import { buffersOf, packRun } from '../runs/runData.ts';
import { repeatOf, runsFromLog } from '../runs/runsFromLog.ts';
import { summaryOf } from '../runs/summaryOf.ts';

export type Post = (message: LogMessage, transfer: ArrayBuffer[]) => void;

export class LogHandler {
  #table: LogTable | null = null;
  #ordinal = 0;
  #runs: readonly Run[] = [];

  constructor(readonly post: Post) {}

  async handle(command: LogCommand): Promise<void> {
    const { id } = command;
    try {
      await this.#answer(command);
    } catch (error) {
      this.post({ id, kind: 'failed', failure: toFailure(error) }, []);
    }
  }

  async #answer(command: LogCommand): Promise<void> {
    const { id } = command;
    switch (command.kind) {
      case 'read': {
        this.#ordinal = command.ordinal;
        const tell = (bytes: number) => this.post({ id, kind: 'progress', bytes }, []);
        const content = await readFile(command.file, command.ordinal, tell);
        if (content.kind === 'runs') this.#give(id, content.runs);
        else this.#show(id, content.table);
        return;
      }
      case 'name':
        this.#show(id, nameCurves(this.#opened(), command.naming));
        return;
      case 'interpret':
        this.post({ id, kind: 'reading', reading: this.#read(command.choice) }, []);
        return;
      case 'take':
        this.#give(id, this.#runs);
    }
  }

  #opened(): LogTable {
    if (!this.#table) throw new Error('no log was read yet');
    return this.#table;
  }

  #give(id: number, given: readonly Run[]): void {
    const runs = given.map(packRun);
    this.post({ id, kind: 'runs', runs }, runs.flatMap(buffersOf));
  }

  #show(id: number, table: LogTable): void {
    this.#table = table;
    const guess = guessChoice(table);
    this.post({ id, kind: 'log', outline: outlineOf(table, guess), reading: this.#read(guess) }, []);
  }

  #read(choice: ColumnChoice): LogReading {
    const table = this.#opened();
    const notes: string[] = [];
    let hasRepeats = false;
    this.#runs = [];
    try {
      this.#runs = runsFromLog(table, choice, table.file, this.#ordinal, (sentence, about) => {
        notes.push(sentence);
        hasRepeats ||= about === 'repeats';
      });
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      const again = choice.place === null ? 'later' : repeatOf(table, choice);
      const offer = again === 'refuse' ? byEpochs(table, choice) : null;
      return { fault: error.message, offer, notes: [], again, hasRepeats: again !== 'later', runs: [] };
    }
    const runs = this.#runs.map((run) => ({
      id: run.id,
      name: run.name,
      style: run.style,
      summary: summaryOf(run),
    }));
    return { fault: null, offer: null, notes, again: repeatOf(table, choice), hasRepeats, runs };
  }
}

/** The same choice, counted by the column of epochs; null if there is none. */
function byEpochs({ columns }: LogTable, choice: ColumnChoice): ColumnChoice | null {
  const { epoch } = choice.extras;
  const column = epoch === null ? undefined : columns[epoch];
  if (!column) return null;
  const fromZero = column.hasZero && column.whole;
  return {
    ...choice,
    place: epoch,
    unit: 'epoch',
    fromZero,
    again: null,
    extras: { ...choice.extras, epoch: null },
  };
}

function outlineOf(table: LogTable, guess: ColumnChoice): LogOutline {
  const { file, length, isOurs, header, columns, preview, naming, notes } = table;
  return {
    file,
    rows: length,
    isOurs,
    header,
    columns: columns.map(({ name, numbers, texts, percents, max, whole, hasZero }) => ({ name, numbers, texts, percents, max, whole, hasZero })), // prettier-ignore
    sourceHeader: (table.source ?? table).header,
    preview,
    naming,
    notes,
    guess,
  };
}
