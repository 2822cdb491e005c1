import { useEffect, useRef, useState } from 'react';
import type { LogClient } from '../logs/logClient.ts';
import type { LogOutline, LogReading } from '../logs/logProtocol.ts';
import { imports as words } from '../enImports.ts';
import { createPart } from '../../ui/parts/part.ts';
import type { Run } from '../../state/run.ts';

export interface OpenLog {
  readonly ordinal: number;
  readonly client: LogClient;
  readonly outline: LogOutline;
  readonly reading: LogReading;
}

/** What is being done with the file that was chosen last. */
export type FileState =
  | { readonly kind: 'none'; readonly said: string }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'reading'; readonly file: string; readonly bytes: number; readonly size: number }
  | { readonly kind: 'log'; readonly log: OpenLog };

export interface FileReaderOfRuns {
  readonly state: FileState;
  /** Reads a file in a worker of its own; another one that is being read is left. */
  readonly open: (file: File, ordinal: number) => Promise<void>;
  /** Ends the worker; `said` stands in the place of what was there. */
  readonly end: (said: string) => void;
  readonly fail: (error: unknown) => void;
}

/** Reads files of runs and of logs, without holding up the page. `onRuns` gets the runs of a file that holds such. */
export function useFileReader(onRuns: (runs: readonly Run[], file: string) => string): FileReaderOfRuns {
  const [state, setState] = useState<FileState>({ kind: 'none', said: '' });
  const current = useRef<{ readonly turn: number; client: LogClient | null }>({ turn: 0, client: null });
  const leave = () => {
    current.current.client?.close();
    current.current = { turn: current.current.turn + 1, client: null };
    return current.current;
  };
  useEffect(() => () => current.current.client?.close(), []);

  const end = (said: string) => {
    leave();
    setState({ kind: 'none', said });
  };
  const fail = (error: unknown) => {
    leave();
    setState({ kind: 'fault', message: error instanceof Error ? error.message : String(error) });
  };
  const open = async (file: File, ordinal: number) => {
    const mine = leave();
    const isMine = () => current.current === mine;
    const { name, size } = file;
    setState({ kind: 'reading', file: name, bytes: 0, size });
    try {
      const client = await openClient();
      if (!isMine()) {
        client.close();
        return;
      }
      mine.client = client;
      const content = await client.read(file, ordinal, (bytes) => {
        if (isMine()) setState({ kind: 'reading', file: name, bytes, size });
      });
      if (!isMine()) return;
      if (content.kind === 'runs') end(onRuns(content.runs, name));
      else
        setState({
          kind: 'log',
          log: { ordinal, client, outline: content.outline, reading: content.reading },
        });
    } catch (error) {
      // Of a file that was left nobody waits for a word.
      if (isMine()) fail(error);
    }
  };
  return { state, open, end, fail };
}

/** Few import files: what reads them is loaded when the first is chosen. */
const logReader = createPart('logClient', () => import('../logs/logClient.ts'));

async function openClient(): Promise<LogClient> {
  try {
    logReader.retry();
    const { LogClient: Client } = await logReader.load();
    return new Client();
  } catch (cause) {
    throw new Error(words.noReader, { cause });
  }
}
