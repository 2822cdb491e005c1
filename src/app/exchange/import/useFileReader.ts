import { useEffect, useRef, useState } from 'react';
import type { LogClient } from '../logs/logClient.ts';
import type { LogOutline, LogReading } from '../logs/logProtocol.ts';
import { imports as words } from '../enImports.ts';
import { createPart } from '../../ui/parts/part.ts';
import type { Archives } from '../../state/archives.ts';
import type { Run } from '../../state/run.ts';
import { broughtInText } from '../archive/broughtInText.ts';

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
  /** `share` of 1. */
  | { readonly kind: 'archive'; readonly file: string; readonly share: number; readonly leave: () => void }
  | { readonly kind: 'log'; readonly log: OpenLog };

export interface FileReaderOfRuns {
  readonly state: FileState;
  /** Reads a file in a worker of its own; another one that is being read is left. */
  readonly open: (file: File, ordinal: number) => Promise<void>;
  /** Ends the worker; `said` stands in the place of what was there. */
  readonly end: (said: string) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Reads files of runs and of logs, without holding up the page. `onRuns` gets the runs of a file that holds such; one that holds everything
 * that was kept somewhere goes to `archives`.
 */
export function useFileReader(
  onRuns: (runs: readonly Run[], file: string) => string,
  archives: Archives,
): FileReaderOfRuns {
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
      if (await isArchive(file)) {
        await bringIn(file, isMine);
        return;
      }
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
  const bringIn = async (file: File, isMine: () => boolean) => {
    const controller = new AbortController();
    const { signal } = controller;
    const progress = (share: number) => {
      if (isMine()) setState({ kind: 'archive', file: file.name, share, leave: () => controller.abort() });
    };
    progress(0);
    try {
      const broughtIn = await archives.bringIn(file, file.name, { progress, signal });
      if (isMine()) end(broughtInText(file.name, broughtIn));
    } catch (error) {
      if (!signal.aborted) throw error;
      if (isMine()) end(words.cancelled(file.name));
    }
  };
  return { state, open, end, fail };
}

/** Whether a file is a tar, by its first bytes: what that holds is seen when it is read. */
async function isArchive(file: File): Promise<boolean> {
  const mark = new Uint8Array(await file.slice(257, 262).arrayBuffer());
  return String.fromCharCode(...mark) === 'ustar';
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
