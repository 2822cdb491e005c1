import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** What trained, with which program, on which day. */
export interface Origin {
  readonly commit: string;
  readonly date: string;
  readonly device: string;
}

/** What a run of this process on `device` says of itself: "wasm". */
export function originOf(device: string): Origin {
  // Null where there is no git.
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout as string | null;
  const changed = git('status', '--porcelain', '--untracked-files=no')?.trim() === '' ? '' : ' with changes';
  return {
    commit: `${git('rev-parse', '--short', 'HEAD')?.trim() || 'unknown'}${changed}`,
    date: new Date(performance.timeOrigin).toISOString().slice(0, 10),
    device: `${device} in Node ${process.version} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`,
  };
}
