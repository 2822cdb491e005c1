/** The folder that a run is written to: one run's at a time, nothing in it replaced unasked, every file whole or not there. */
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CommandError, UsageError } from './commandError.ts';
import { codeOf, fileFault } from './fileFault.ts';

const EVENTS = 'events.jsonl';
const SUMMARY = 'summary.json';
export const outFiles = [
  'config.json',
  'run.json',
  EVENTS,
  'weights.safetensors',
  'checkpoint.safetensors',
  SUMMARY,
] as const;
/** The weights of a moment: see ladder.ts. */
type MomentFile = `weights-at-${number}.safetensors`;
export type OutFile = (typeof outFiles)[number] | MomentFile;
type Texts = Partial<Record<(typeof outFiles)[number], string>>;

/** The step of a {@link MomentFile}; null for other names. */
const momentOf = (name: string): number | null => {
  const [, step] = /^weights-at-(\d+)\.safetensors$/.exec(name) ?? [];
  return step === undefined ? null : Number(step);
};
const isOurs = (name: string) => outFiles.some((file) => file === name) || momentOf(name) !== null;

/** Says which process writes here. */
const LOCK = '.training';

export class OutFolder {
  private events: number | undefined;
  /** Bytes of whole lines in the file of events, and the lines that are still to be written there. */
  private written = 0;
  private pending = '';
  /** Why lines are pending. */
  private fault: string | null = null;

  private constructor(
    readonly path: string,
    private readonly isNew: boolean,
    private readonly warn: (message: string) => void,
  ) {}

  /**
   * Makes the folder where there is none, and this process its only writer. Throws {@link UsageError} if another run is written to it,
   * or was and `overwrite` is not asked for, and {@link CommandError} if nothing can be written there. `warn` is told what happens later.
   */
  static async claim(
    path: string,
    { overwrite, warn }: { readonly overwrite: boolean; readonly warn: (message: string) => void },
  ): Promise<OutFolder> {
    let isNew: boolean;
    try {
      isNew = await makeFolder(resolve(path));
    } catch (error) {
      const what = codeOf(error) === 'EEXIST' ? 'it is a file, not a folder' : fileFault(error);
      throw new UsageError(`--out ${path} cannot be made: ${what}; give another folder`);
    }
    const folder = new OutFolder(path, isNew, warn);
    await folder.lock();
    const there = await folder.present();
    if (there.length > 0 && !overwrite) {
      await folder.release();
      throw new UsageError(
        `--out ${path} holds a run already (${there.join(', ')}): give another folder, or --overwrite to replace it`,
      );
    }
    return folder;
  }

  /**
   * Makes this process the only writer of a folder that holds a run. Throws {@link UsageError} if there is none, or another is written
   * to it.
   */
  static async reopen(path: string, warn: (message: string) => void): Promise<OutFolder> {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) throw new UsageError(`--resume ${path}: there is no such folder`);
    const folder = new OutFolder(path, false, warn);
    await folder.lock();
    return folder;
  }

  /** Removes what an earlier run has left, and begins with `texts`. */
  async begin(texts: Texts): Promise<void> {
    await this.remove(() => true);
    await this.saveAll(texts);
    this.open('wx');
  }

  /**
   * Goes on after `step` steps of the run that is here, told in the first `bytes` bytes of its events: what was written after them is
   * removed.
   */
  async goOn(step: number, bytes: number, texts: Texts): Promise<void> {
    await this.remove((name) => name === SUMMARY || (momentOf(name) ?? 0) > step);
    await this.saveAll(texts);
    this.open('r+');
    ftruncateSync(this.events!, bytes);
    this.written = bytes;
  }

  /** Removes those of a run's files that `which` names, and what was half written of any. */
  private async remove(which: (name: string) => boolean): Promise<void> {
    for (const name of await readdir(this.path)) {
      const [, temporary] = /^\.(.+)-\d+$/.exec(name) ?? [];
      const isGone = temporary === undefined ? isOurs(name) && which(name) : isOurs(temporary);
      if (isGone) await rm(join(this.path, name), { force: true });
    }
  }

  private async saveAll(texts: Texts): Promise<void> {
    for (const [name, text] of Object.entries(texts)) await this.save(name as OutFile, text);
  }

  private open(flags: 'wx' | 'r+'): void {
    try {
      this.events = openSync(join(this.path, EVENTS), flags);
    } catch (error) {
      throw this.unwritable(EVENTS, error);
    }
  }

  /**
   * Appends a line to the events. Where that fails it is kept and tried again with the next: a disk that was full for a
   * while costs nothing.
   */
  append(line: string): void {
    this.pending += `${line}\n`;
    const before = this.fault;
    this.fault = this.writePending();
    if (this.fault !== null && before === null) {
      this.warn(
        `${join(this.path, EVENTS)} cannot be written: ${this.fault}; its lines are kept and tried again with each step`,
      );
    }
    if (this.fault === null && before !== null) this.warn(`${join(this.path, EVENTS)} is written again`);
  }

  /** Why events are not yet on the disk, or null if all are. */
  private writePending(): string | null {
    if (this.events === undefined || this.pending === '') return null;
    const bytes = Buffer.from(this.pending);
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.events, bytes, done, bytes.length - done, this.written + done);
      }
    } catch (error) {
      // No half line stays behind: this needs no room.
      ftruncateSync(this.events, this.written);
      return fileFault(error);
    }
    this.written += bytes.length;
    this.pending = '';
    return null;
  }

  /** Writes a file beside its place and moves it there. Throws {@link CommandError}; then the old one is as it was. */
  async save(name: OutFile, content: string | Uint8Array): Promise<void> {
    const temporary = join(this.path, `.${name}-${process.pid}`);
    try {
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, join(this.path, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw this.unwritable(name, error);
    }
  }

  /** Has all events so far on the disk, for good. Throws {@link CommandError} if they cannot be. */
  syncEvents(): void {
    if (this.events === undefined) return;
    const fault = this.writePending();
    if (fault !== null) throw this.unwritable(EVENTS, new Error(fault));
    fsyncSync(this.events);
  }

  /** Writes what is pending for the last time. Throws {@link CommandError} if it cannot be. */
  finishEvents(): void {
    const fault = this.writePending();
    if (fault === null) return;
    const lines = this.pending.split('\n').length - 1;
    throw new CommandError(`${join(this.path, EVENTS)} lacks its last ${lines} lines: ${fault}`);
  }

  /** The folder is free for others; if nothing was begun in one that was made for it, it goes. */
  async release(): Promise<void> {
    if (this.events !== undefined) {
      fsyncSync(this.events);
      closeSync(this.events);
    }
    await rm(join(this.path, LOCK), { force: true });
    if (this.isNew && this.events === undefined) await rmdir(this.path).catch(() => undefined);
  }

  private unwritable(name: string, error: unknown): CommandError {
    return new CommandError(`cannot write ${join(this.path, name)}: ${fileFault(error)}`);
  }

  private async present(): Promise<readonly string[]> {
    const names = await readdir(this.path);
    const found = outFiles.filter((file) => names.includes(file));
    const moments = names.filter((name) => momentOf(name) !== null);
    return [...found, ...moments.slice(0, 1)];
  }

  private async lock(): Promise<void> {
    const file = join(this.path, LOCK);
    if (await this.create(file)) return;
    const found = await readFile(file, 'utf8').catch(() => '');
    const [pid = '?', host = '?'] = found.split(' ');
    const isStale = host === hostname() && !isRunning(Number(pid));
    if (isStale && (await this.takeOver(file, found))) return;
    throw new UsageError(
      `--out ${this.path} is being written by another run (process ${pid} on ${host}): wait for it, or give another folder; ` +
        `if it is not running, remove ${file}*`,
    );
  }

  /** Makes what a killed run has left this run's, if it is still `content`. The file is there all the while: nobody can create it. */
  private async takeOver(file: string, content: string): Promise<boolean> {
    const guard = `${file}-guard`;
    if (!(await this.create(guard))) return false;
    try {
      if ((await readFile(file, 'utf8')) !== content) return false;
      await rename(guard, file);
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw this.unwritable(LOCK, error);
    } finally {
      await rm(guard, { force: true });
    }
  }

  /** Writes who this is into a new file; false if there is one. */
  private async create(file: string): Promise<boolean> {
    try {
      await writeFile(file, `${process.pid} ${hostname()}`, { flag: 'wx' });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      await rm(file, { force: true });
      throw this.unwritable(LOCK, error);
    }
  }
}

/**
 * Makes a folder and those that it is in; whether it was not there. Node 20 and 22's own `recursive` never comes back from places such
 * as /proc/run: to be deleted when it does.
 */
async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return false;
    const parent = dirname(path);
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error;
    // If the parent is there already the reason lies elsewhere.
    if (!(await makeFolder(parent))) throw error;
    await mkdir(path);
    return true;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's.
    return codeOf(error) === 'EPERM';
  }
}
