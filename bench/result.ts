/** What a benchmark leaves behind, so that a number in the docs can be traced to its command. */
import { execSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Measurement {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** Smallest and largest of the repetitions, where there were several. */
  readonly spread?: readonly [number, number];
}

export interface BenchResult {
  /** Also the name of its file. */
  readonly name: string;
  /** What was measured, for people. */
  readonly title: string;
  readonly command: string;
  readonly date: string;
  readonly commit: string;
  readonly device: string;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly measurements: readonly Measurement[];
}

const folder = fileURLToPath(new URL('./results', import.meta.url));

/** A result with today's date, this commit and this machine. */
export function describeRun(result: Omit<BenchResult, 'date' | 'commit' | 'device'>): BenchResult {
  const changed = git('status --porcelain -- src package.json') === '' ? '' : ' with changes';
  return {
    ...result,
    date: new Date(performance.timeOrigin + performance.now()).toISOString().slice(0, 10),
    commit: git('rev-parse --short HEAD') + changed,
    device: `${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node}`,
  };
}

/** What git says; empty where this is no checkout. */
function git(command: string): string {
  try {
    return execSync(`git ${command}`, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** Writes a result over the last one of its name. */
export function saveResult(result: BenchResult): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

/** Every result that is kept, by name. */
export function readResults(): BenchResult[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as BenchResult);
}
