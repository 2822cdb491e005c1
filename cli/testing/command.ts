/** The commands as a person calls them, in processes of their own. */
import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const folder = mkdtempSync(join(tmpdir(), 'residual-playground-'));

export type CommandName = 'train' | 'evaluate' | 'trainSet' | 'record' | 'nets' | 'claims' | 'look' | 'wgsl';

export interface Ended {
  /** Null if a signal has ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Waits until `text` stands on stderr. Rejects if the command ends before. */
  readonly says: (text: string | RegExp) => Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  readonly stdio?: StdioOptions;
  /** Goes before the command, in a shell: "ulimit -f 4;". */
  readonly shell?: string;
}

export function start(
  command: CommandName,
  options: readonly string[],
  { stdio = 'pipe', shell }: StartOptions = {},
): Running {
  const line = [process.execPath, '--import', 'tsx', join(root, `cli/${command}.ts`), ...options];
  const quoted = line.map((word) => `'${word}'`).join(' ');
  const [file, ...args] = shell === undefined ? line : ['/bin/sh', '-c', `${shell} exec ${quoted}`];
  const child = spawn(file!, args, { stdio, cwd: root });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (typeof text === 'string' ? stderr.includes(text) : text.test(stderr)) resolve();
      };
      child.stderr?.on('data', look);
      child.on('close', () => reject(new Error(`it ended without saying ${String(text)}: ${stderr}`)));
      look();
    });
  return { child, says, ended };
}

export const run = (command: CommandName, ...options: string[]): Promise<Ended> =>
  start(command, options).ended;

/** A file in the test's folder. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const configFile = (name: string, config: unknown): string =>
  file(`${name}.json`, JSON.stringify(config));

/** The smallest net, which trains for as long as it is let. */
export const tiny = {
  model: { depth: 8, width: 1 },
  batchSize: 4,
  steps: 1_000_000,
  evaluation: { atEnd: false },
};
