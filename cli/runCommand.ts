import { constants } from 'node:os';
import { CommandError, UsageError } from './commandError.ts';
import { codeOf, fileFault } from './fileFault.ts';

/** The exit status of a process that a signal has ended, as shells count it. */
export const statusOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

/**
 * Runs a command: faults on stderr, a line each and never a stack; exit status 2 for a wrong call, 1 for anything that failed, and that
 * of SIGPIPE, without a word, where nobody reads stdout any more.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  // Who cannot be told is not told; the command goes on.
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error) => {
    // Every later write fails too.
    if (process.exitCode !== undefined) return;
    process.exitCode = codeOf(error) === 'EPIPE' ? statusOf('SIGPIPE') : 1;
    if (process.exitCode === 1) console.error(`cannot write to standard output: ${fileFault(error)}`);
  });
  process.once('uncaughtException', (error) => {
    console.error(told(error));
    process.exit(1);
  });
  try {
    await command();
  } catch (error) {
    console.error(told(error));
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

/** An error and its causes, a line each. */
export function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const first = error instanceof CommandError ? error.message : `${error.name}: ${error.message}`;
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    causes.push(`\n  because: ${cause.message}`);
  }
  return first + causes.join('');
}
