import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deadlines } from '../model/deadlines.ts';
import { fetchFile, type DatasetFetch } from './fetchFile.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => undefined);
const answer = (body: ReadableStream<Uint8Array<ArrayBuffer>> | null, status = 200): DatasetFetch =>
  () => Promise.resolve(new Response(body, { status })); // prettier-ignore
/** The settled outcome of a request whose time is the test's. */
function watch(promise: Promise<Uint8Array>) {
  const outcome: { bytes?: number[]; error?: unknown } = {};
  promise.then(
    (bytes) => (outcome.bytes = [...bytes]),
    (error: unknown) => (outcome.error = error),
  );
  return outcome;
}
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(1000 * seconds);

test('a file that comes in pieces comes whole', async () => {
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(Uint8Array.of(1, 2));
      controller.enqueue(Uint8Array.of(3));
      controller.close();
    },
  });
  expect([...(await fetchFile('a', 'default', answer(pieces)))]).toEqual([1, 2, 3]);
});

test('who never answers is given up, and the request ended', async () => {
  let signal: AbortSignal | undefined;
  const outcome = watch(fetchFile('a', 'default', (_, init) => ((signal = init.signal), never)));
  await pass(deadlines.request - 1);
  expect([outcome, signal!.aborted]).toEqual([{}, false]);
  await pass(2);
  expect(outcome.error).toMatchObject({ name: 'NetworkError', trouble: 'silence' });
  expect(signal!.aborted).toBe(true);
});

test('a body that stalls is given up; one that is only slow is not', async () => {
  let controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  const slow = () => new ReadableStream<Uint8Array<ArrayBuffer>>({ start: (one) => void (controller = one) });
  const stalled = watch(fetchFile('a', 'default', answer(slow())));
  await pass(1);
  controller.enqueue(Uint8Array.of(1));
  await pass(deadlines.request + 1);
  expect(stalled.error).toMatchObject({ trouble: 'silence' });

  const arriving = watch(fetchFile('a', 'default', answer(slow())));
  for (let i = 0; i < 10; i++) {
    await pass(deadlines.request - 1);
    controller.enqueue(Uint8Array.of(i));
  }
  controller.close();
  await pass(0);
  expect(arriving.bytes).toHaveLength(10);
});

test.each([408, 429, 500, 502, 503, 504])('HTTP %i passes: it may be asked for again', async (status) => {
  const outcome = watch(fetchFile('a', 'default', answer(null, status)));
  await pass(0);
  expect(outcome.error).toMatchObject({ name: 'NetworkError', trouble: 'server', message: `HTTP ${status}` });
});

test.each([401, 403, 404, 410])('HTTP %i does not', async (status) => {
  const outcome = watch(fetchFile('a', 'default', answer(null, status)));
  await pass(0);
  expect(outcome.error).toMatchObject({ name: 'HttpError', status });
});

test('a connection that breaks on the way is the network, with its cause', async () => {
  const cause = new TypeError('network error');
  const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({ start: (one) => one.error(cause) });
  const outcome = watch(fetchFile('a', 'default', answer(broken)));
  await pass(0);
  expect(outcome.error).toMatchObject({ name: 'NetworkError', trouble: 'network', cause });
});
