/** What a page asks of its main thread, in a Chromium that Playwright drives. */
import type { Page } from 'playwright';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * Milliseconds of processor time that the main thread's longest task took while `act` went on: what other processes
 * on the machine take from it is not counted. Throws if the trace holds no task of the page.
 */
export async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error('this page has no browser of its own');
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel'],
  });
  await act();
  const file = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const events = file.traceEvents;
  const isPage = ({ pid, tid }: TraceEvent) =>
    events.some((one) => one.pid === pid && one.tid === tid && one.name === 'FunctionCall');
  const main = events.find((one) => one.args.name === 'CrRendererMain' && isPage(one));
  const tasks = events.filter(
    ({ name, pid, tid }) => name === 'RunTask' && pid === main?.pid && tid === main.tid,
  );
  if (tasks.length === 0) throw new Error('the trace holds no task of the page');
  return Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000;
}
