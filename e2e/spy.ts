/** What a test sees of a page from inside: the messages of its workers. */
import type { Page } from 'playwright/test';
import type { RunEvent, TrainMessage } from '../src/protocol/protocol.ts';

interface Spied {
  /** Events of each training worker, in the lanes' order. */
  readonly workers: RunEvent[][];
  /** The last weights that each of them gave, as safetensors. */
  readonly weights: number[][];
}

declare global {
  interface Window {
    spied: Spied;
  }
}

/** To be called before the page opens. */
export async function spyOn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spied: Spied = { workers: [], weights: [] };
    window.spied = spied;
    window.Worker = class extends Worker {
      private readonly name: string;
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.name = options?.name ?? '';
      }

      // Workers are warmed up before they get a lane, and in any order.
      override postMessage(
        message: { readonly kind: string },
        options?: StructuredSerializeOptions | Transferable[],
      ): void {
        if (this.name === 'training' && message.kind === 'start') this.spy();
        super.postMessage(message, Array.isArray(options) ? { transfer: options } : options);
      }

      private spy(): void {
        const events: RunEvent[] = [];
        const lane = spied.workers.push(events) - 1;
        this.addEventListener('message', ({ data }: MessageEvent<TrainMessage>) => {
          if (data.kind === 'event') events.push(data.event);
          if (data.kind === 'weights') spied.weights[lane] = [...new Uint8Array(data.safetensors)];
        });
      }
    };
  });
}

/** The training loss of each step so far, lane by lane. */
export function lossesTold(page: Page): Promise<number[][]> {
  return page.evaluate(() =>
    window.spied.workers.map((events) =>
      events.flatMap((event) => (event.kind === 'steps' ? [...event.loss] : [])),
    ),
  );
}

/** The kinds of states that each lane went through. */
export function statesTold(page: Page): Promise<string[][]> {
  return page.evaluate(() =>
    window.spied.workers.map((events) =>
      events.flatMap((event) => (event.kind === 'state' ? [event.state] : [])),
    ),
  );
}

/** Every step so far, lane by lane. */
export function eventsTold(page: Page) {
  return page.evaluate(() =>
    window.spied.workers.map((events) => ({
      steps: events.flatMap((event) =>
        event.kind === 'steps'
          ? Array.from(event.loss, (loss, i) => ({
              loss,
              error: event.error[i] ?? NaN,
              rate: event.learningRate[i] ?? NaN,
            }))
          : [],
      ),
    })),
  );
}

/** The bytes of the weights that each lane gave last. */
export const weightsTold = (page: Page): Promise<number[][]> => page.evaluate(() => window.spied.weights);
