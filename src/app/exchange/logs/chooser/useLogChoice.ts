import { useRef, useState } from 'react';
import { ImportError } from '../../../runs/codec/importError.ts';
import type { ColumnChoice } from '../columns/columnChoice.ts';
import type { LogClient } from '../logClient.ts';
import type { LogOutline, LogReading } from '../logProtocol.ts';

interface Log {
  readonly outline: LogOutline;
  readonly reading: LogReading;
}

export interface LogChoice extends Log {
  readonly choice: ColumnChoice;
  /** What is shown is of an earlier choice: the worker is at it. */
  readonly isWaiting: boolean;
  readonly choose: (choice: ColumnChoice) => void;
  /** Curves are told apart by other columns: what they mean is guessed anew. */
  readonly name: (naming: readonly number[]) => void;
}

/** What a person says of a log's columns, and what the worker makes of the newest answer. */
export function useLogChoice(client: LogClient, first: Log, onFault: (error: unknown) => void): LogChoice {
  const [log, setLog] = useState(first);
  const [choice, setChoice] = useState(first.outline.guess);
  const [isWaiting, setWaiting] = useState(false);
  const work = useRef<{ isBusy: boolean; next: (() => Promise<void>) | null }>({ isBusy: false, next: null });

  /** Of several answers while the worker is busy, the newest is done next. */
  const queue = (job: () => Promise<void>) => {
    work.current.next = job;
    setWaiting(true);
    if (work.current.isBusy) return;
    work.current.isBusy = true;
    const run = async () => {
      try {
        for (let next = work.current.next; next; next = work.current.next) {
          work.current.next = null;
          await next();
        }
        setWaiting(false);
      } catch (error) {
        onFault(error);
      }
      work.current.isBusy = false;
    };
    void run();
  };

  const choose = (next: ColumnChoice) => {
    setChoice(next);
    queue(async () => {
      const reading = await client.interpret(next);
      setLog((known) => ({ ...known, reading }));
    });
  };
  const name = (naming: readonly number[]) =>
    queue(async () => {
      try {
        const { outline, reading } = await client.name(naming);
        setLog({ outline, reading });
        setChoice(outline.guess);
      } catch (error) {
        if (!(error instanceof ImportError)) throw error;
        const fault = error.message;
        setLog(({ outline, reading }) => ({ outline, reading: { ...reading, fault, runs: [], notes: [] } }));
      }
    });
  return { ...log, choice, isWaiting, choose, name };
}
