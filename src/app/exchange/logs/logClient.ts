/** The page's side of reading a file: a worker for each, which ends with it. */
import { fromFailure } from '../../../protocol/failure.ts';
import { ImportError } from '../../runs/codec/importError.ts';
import { imports as words } from '../enImports.ts';
import type { Failure } from '../../../protocol/protocol.ts';
import type { Run } from '../../state/run.ts';
import type { ColumnChoice } from './columns/columnChoice.ts';
import type { LogCommand, LogMessage, LogOutline, LogReading } from './logProtocol.ts';
import { unpackRuns, type RunData } from './runs/runData.ts';

export type OpenedFile =
  | { readonly kind: 'runs'; readonly runs: readonly Run[] }
  | { readonly kind: 'log'; readonly outline: LogOutline; readonly reading: LogReading };

/** A person left it. */
export class ReadingCancelled extends Error {
  override readonly name = 'ReadingCancelled';
}

/** What of a worker is used; a test gives its own. */
export type LogWorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

type Question = LogCommand extends infer C ? (C extends { id: number } ? Omit<C, 'id'> : never) : never;
type Answer = Exclude<LogMessage, { kind: 'progress' | 'failed' }>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export class LogClient {
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #progress: (bytes: number) => void = () => undefined;

  constructor(readonly worker: LogWorkerLike = spawnLogWorker()) {
    worker.addEventListener('message', ({ data }: MessageEvent<LogMessage>) => this.#receive(data));
    // The script did not load, or something in it threw where nothing answers.
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end(new ImportError(words.noReader));
    });
  }

  /** Throws {@link ImportError} for a file that cannot be read, {@link ReadingCancelled} after {@link close}. */
  async read(file: File, ordinal: number, progress: (bytes: number) => void): Promise<OpenedFile> {
    this.#progress = progress;
    const answer = await this.#ask({ kind: 'read', file, ordinal });
    if (answer.kind === 'runs') return { kind: 'runs', runs: await unpacked(answer.runs) };
    return logOf(answer);
  }

  /** The log with its curves named by other columns. */
  async name(naming: readonly number[]): Promise<Extract<OpenedFile, { kind: 'log' }>> {
    return logOf(await this.#ask({ kind: 'name', naming }));
  }

  async interpret(choice: ColumnChoice): Promise<LogReading> {
    const answer = await this.#ask({ kind: 'interpret', choice });
    if (answer.kind !== 'reading') throw unexpected(answer);
    return answer.reading;
  }

  /** The runs that were interpreted last. */
  async take(): Promise<readonly Run[]> {
    const answer = await this.#ask({ kind: 'take' });
    if (answer.kind !== 'runs') throw unexpected(answer);
    return unpacked(answer.runs);
  }

  close(): void {
    this.#end(new ReadingCancelled());
  }

  #ask(question: Question): Promise<Answer> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...question } satisfies LogCommand);
    });
  }

  #receive(message: LogMessage): void {
    if (message.kind === 'progress') {
      this.#progress(message.bytes);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'failed') waiting?.reject(errorOf(message.failure));
    else waiting?.resolve(message);
  }

  #end(reason: Error): void {
    this.worker.terminate();
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    this.#waiting.clear();
  }
}

const spawnLogWorker = () =>
  new Worker(new URL('./worker/logWorker.ts', import.meta.url), { type: 'module', name: 'logs' });

function logOf(answer: Answer): Extract<OpenedFile, { kind: 'log' }> {
  if (answer.kind !== 'log') throw unexpected(answer);
  const { outline, reading } = answer;
  return { kind: 'log', outline, reading };
}

const unexpected = ({ kind }: Answer) => new Error(`the reader of files answered ${kind}`);

const errorOf = (failure: Failure): Error =>
  failure.name === 'ImportError' ? new ImportError(failure.message) : fromFailure(failure);

const unpacked = (all: readonly RunData[]): Promise<readonly Run[]> =>
  unpackRuns(all, () => new Promise((resolve) => setTimeout(resolve)));
