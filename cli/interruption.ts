/** What ends a command from outside before its time: a signal, or an output that cannot be written. */
import { statusOf } from './runCommand.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/** How often it is looked whether npm's shell is still there. */
const LOOK_MILLISECONDS = 250;

export class Interruption {
  /** The signal that came. */
  signal: Signal | null = null;
  /** Whether the command has to end. */
  due = false;
  private listener = (): void => undefined;

  /** Watches from now on. After the first signal the next one ends the process at once, as it would without all this. */
  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
    process.stdout.on('error', () => this.end());
    if (process.env['npm_lifecycle_event'] !== undefined) this.watchShell();
  }

  /**
   * npm 10 and 11 hand a signal to the shell in which they run a script, and the shell ends without handing it on: training would go
   * on unseen. To be deleted when `kill` on `npm run train` reaches this process (commands.test.ts).
   */
  private watchShell(): void {
    const shell = process.ppid;
    const timer = setInterval(() => {
      // 1: it went before this was looked at.
      const isGone = process.ppid !== shell || process.ppid === 1;
      if (this.due || isGone) clearInterval(timer);
      if (!this.due && isGone) this.onSignal('SIGTERM');
    }, LOOK_MILLISECONDS);
    timer.unref();
  }

  /** Has `listener` called when the command has to end; at once if that has happened. */
  onDue(listener: () => void): void {
    this.listener = listener;
    if (this.due) listener();
  }

  private readonly onSignal = (signal: Signal): void => {
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
