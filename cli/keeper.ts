/** Keeps a run in its folder as it goes: events at once, weights after each evaluation and at the end, last a summary. */
import type { EndReason, EvaluationEvent, RunEvent } from '../src/protocol/events.ts';
import { decodeSafetensors, WeightsError } from '../src/model/safetensors.ts';
import { CommandError } from './commandError.ts';
import type { OutFolder } from './outFolder.ts';
import { linesOf } from './trainingReport.ts';

/** What is kept of a run besides its events. */
interface Keepable {
  readonly stepsTaken: number;
  safetensors(): Promise<ArrayBuffer>;
}

export class Keeper {
  private evaluation: EvaluationEvent | null = null;
  private reason: EndReason | null = null;
  /** After how many steps the weights were saved that are in the folder now. */
  private weightsOf: number | null = null;
  private readonly faults = new Set<string>();
  /** What is being saved: one after the other. */
  private saving = Promise.resolve();

  constructor(
    private readonly out: OutFolder,
    private readonly session: Keepable,
  ) {}

  take(event: RunEvent): void {
    this.out.append(
      linesOf(event)
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    if (event.kind === 'state' && event.reason) this.reason = event.reason;
    if (event.kind !== 'evaluation') return;
    this.evaluation = event;
    this.saveWeights();
  }

  /** Saves what there is at the end; gives in words what that is. Throws {@link CommandError} if some of it could not be saved. */
  async finish(signal: string | null): Promise<string> {
    const { stepsTaken } = this.session;
    await this.saving;
    if (this.weightsOf !== stepsTaken && stepsTaken > 0) this.saveWeights();
    await this.saving;
    const { reason, evaluation, weightsOf } = this;
    const summary = { reason, signal, steps: stepsTaken, evaluation, weightsOfStep: weightsOf };
    await this.attempt(() => this.out.finishEvents());
    await this.attempt(() => this.out.save('summary.json', `${JSON.stringify(summary, null, 2)}\n`));
    const weights = weightsOf === null ? 'no weights' : `the weights of step ${weightsOf}`;
    const saved = `${this.out.path} holds configuration, events, summary and ${weights}`;
    if (this.faults.size === 0) return saved;
    throw new CommandError(`${[...this.faults].join('\n')}\n${saved}, but for that`);
  }

  private saveWeights(): void {
    const step = this.session.stepsTaken;
    // Asked for now: steps may go on while they are read.
    const reading = this.session.safetensors();
    const before = this.saving;
    this.saving = this.attempt(async () => {
      await before;
      const file = await reading;
      const wild = nonFinite(file);
      if (wild !== null) {
        throw new CommandError(`the weights of step ${step} are not saved: ${wild}`);
      }
      await this.out.save('weights.safetensors', new Uint8Array(file));
      this.weightsOf = step;
    });
  }

  private async attempt(save: () => Promise<void> | void): Promise<void> {
    try {
      await save();
    } catch (error) {
      this.faults.add(error instanceof Error ? error.message : String(error));
    }
  }
}

/** What is not finite in a file of weights; null if all is. */
function nonFinite(file: ArrayBuffer): string | null {
  try {
    for (const [name, { values }] of decodeSafetensors(file)) {
      if (!values.every(Number.isFinite)) return `${name} is not finite`;
    }
    return null;
  } catch (error) {
    if (error instanceof WeightsError) return error.message;
    throw error;
  }
}
