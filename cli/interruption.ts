/** What ends a command from outside before its time: a signal, or an output that cannot be written. */
import { statusOf } from './runCommand.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export class Interruption {
  /** The signal that came. */
  signal: (typeof SIGNALS)[number] | null = null;
  /** Whether the command has to end. */
  due = false;
  private listener = (): void => undefined;

  /** Watches from now on. After the first signal the next one ends the process at once, as it would without all this. */
  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
    process.stdout.on('error', () => this.end());
  }

  /** Has `listener` called when the command has to end; at once if that has happened. */
  onDue(listener: () => void): void {
    this.listener = listener;
    if (this.due) listener();
  }

  private readonly onSignal = (signal: (typeof SIGNALS)[number]): void => {
    for (const each of SIGNALS) process.removeListener(each, this.onSignal);
    this.signal = signal;
    process.exitCode = statusOf(signal);
    console.error(`${signal}: stops after this step and saves what there is (once more: ends at once)`);
    this.end();
  };

  private end(): void {
    if (this.due) return;
    this.due = true;
    this.listener();
  }
}
