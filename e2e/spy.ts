/** What a test sees of a page from inside: the messages of its workers, and how long its main thread was busy. */
import type { Page } from 'playwright/test';
import type { RunEvent, TrainMessage } from '../src/workers/protocol.ts';

interface Spied {
  /** Events of each training worker, in the order in which the workers were made: the lanes' order. */
  readonly workers: RunEvent[][];
  /** Milliseconds of every main-thread task of more than 50. */
  readonly longTasks: number[];
}

declare global {
  interface Window {
    spied: Spied;
  }
}

/** To be called before the page opens. */
export async function spyOn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const spied: Spied = { workers: [], longTasks: [] };
    window.spied = spied;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) spied.longTasks.push(entry.duration);
    }).observe({ type: 'longtask', buffered: false });

    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name !== 'training') return;
        const events: RunEvent[] = [];
        spied.workers.push(events);
        this.addEventListener('message', ({ data }: MessageEvent<TrainMessage>) => {
          if (data.kind === 'event') events.push(data.event);
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
