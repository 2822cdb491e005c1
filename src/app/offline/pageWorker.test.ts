import { afterEach, expect, test, vi } from 'vitest';
import { startPageWorker, type PageWorkerSurroundings } from './pageWorker.ts';

/** A service worker of a version, which answers as ours does. */
class FakeWorker extends EventTarget {
  state = 'installing';
  readonly told: unknown[] = [];
  constructor(readonly version: string) {
    super();
  }
  postMessage(message: { kind: string }, [port]: MessagePort[] = []) {
    this.told.push(message);
    port?.postMessage({ kind: 'version', version: this.version });
  }
  become(state: string) {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  active: FakeWorker | null = null;
  update = vi.fn(() => Promise.resolve());
  find(worker: FakeWorker) {
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
  }
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null;
  registration: FakeRegistration | undefined = new FakeRegistration();
  register = vi.fn(() => Promise.resolve(this.registration));
  getRegistration = () => Promise.resolve(this.registration);
  control(worker: FakeWorker) {
    this.controller = worker;
    this.dispatchEvent(new Event('controllerchange'));
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
afterEach(() => void vi.useRealTimers());

function start(container: FakeContainer | null, around: Partial<PageWorkerSurroundings> = {}) {
  const occasions: (() => void)[] = [];
  const reload = vi.fn();
  const request = vi.fn(() => Promise.resolve());
  const worker = startPageWorker({
    container: container as never,
    locks: { request },
    version: 'v1',
    folder: 'https://host/lab/',
    isIsolated: true,
    quiet: Promise.resolve(),
    onOccasion: (look) => occasions.push(look),
    reload,
    ...around,
  });
  return { worker, occasions, reload, request };
}

test('it is registered in its folder when the page is quiet, past every cache, and the version is held', async () => {
  const container = new FakeContainer();
  let calm = (): void => undefined;
  const { request } = start(container, { quiet: new Promise<void>((resolve) => (calm = resolve)) });
  await settled();
  expect(container.register).not.toHaveBeenCalled();
  expect(request).toHaveBeenCalledWith(
    'residual-playground version v1',
    { mode: 'shared' },
    expect.anything(),
  );
  calm();
  await settled();
  const [script, options] = container.register.mock.calls[0] as unknown as [URL, unknown];
  expect([script.href, options]).toEqual(['https://host/lab/serviceWorker.js', { updateViaCache: 'none' }]);
});

test.each([
  ['in development', new FakeContainer(), { version: null }],
  ['on plain http', null, {}],
])('%s there is none, and loading again just loads', async (_, container, around) => {
  const { worker, reload } = start(container, around);
  await settled();
  if (container) expect(container.register).not.toHaveBeenCalled();
  await worker.loadAgain();
  expect(reload).toHaveBeenCalledTimes(1);
  expect(worker.state()).toEqual({ newVersion: false, isolates: false });
});

test.each([
  ['refused', (container: FakeContainer) => container.register.mockRejectedValue(new Error('no'))],
  ['blocked', (container: FakeContainer) => (container.registration = undefined)],
])('where it is %s the page is as without', async (_, spoil) => {
  const container = new FakeContainer();
  spoil(container);
  const { worker } = start(container);
  await settled();
  expect(worker.state()).toEqual({ newVersion: false, isolates: false });
});

test('the first one is no new version; on a server that does not isolate it says that it would', async () => {
  for (const isIsolated of [true, false]) {
    const container = new FakeContainer();
    const { worker } = start(container, { isIsolated });
    await settled();
    const first = new FakeWorker('v1');
    container.registration?.find(first);
    first.become('installed');
    container.control(first);
    await settled();
    expect(worker.state()).toEqual({ newVersion: false, isolates: !isIsolated });
  }
});

test('one that comes and waits is told, unless it is of the version of this page', async () => {
  for (const version of ['v1', 'v2']) {
    const container = new FakeContainer();
    container.controller = new FakeWorker('v1');
    container.registration!.active = container.controller;
    const { worker } = start(container);
    let changes = 0;
    worker.subscribe(() => changes++);
    await settled();
    const next = new FakeWorker(version);
    container.registration!.find(next);
    next.become('installed');
    await settled();
    expect([worker.state().newVersion, changes]).toEqual(version === 'v2' ? [true, 1] : [false, 0]);
    expect(next.told).toEqual([{ kind: 'version' }]);
  }
});

test('one that waited before, or that another page let take over, is told', async () => {
  const waiting = new FakeContainer();
  waiting.controller = new FakeWorker('v1');
  waiting.registration!.waiting = new FakeWorker('v2');
  const first = start(waiting).worker;
  const taken = new FakeContainer();
  taken.controller = new FakeWorker('v1');
  const second = start(taken).worker;
  await settled();
  taken.control(new FakeWorker('v2'));
  await settled();
  expect([first.state().newVersion, second.state().newVersion]).toEqual([true, true]);
});

test('it takes over only when it is asked to, and then the page is loaded again', async () => {
  const container = new FakeContainer();
  container.controller = new FakeWorker('v1');
  const next = (container.registration!.waiting = new FakeWorker('v2'));
  const { worker, reload } = start(container);
  await settled();
  expect(next.told).not.toContainEqual({ kind: 'takeOver' });
  const loading = worker.loadAgain();
  await settled();
  expect([next.told.at(-1), reload.mock.calls.length]).toEqual([{ kind: 'takeOver' }, 0]);
  container.control(next);
  await loading;
  expect(reload).toHaveBeenCalledTimes(1);
});

test('what takes over late finds the page loaded without it, and has it loaded once more', async () => {
  const container = new FakeContainer();
  container.controller = new FakeWorker('v1');
  const next = (container.registration!.waiting = new FakeWorker('v2'));
  const { worker, reload } = start(container);
  await settled();
  vi.useFakeTimers();
  await worker.loadAgain();
  vi.advanceTimersByTime(4900);
  expect(reload).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(reload).toHaveBeenCalledTimes(1);
  container.control(next);
  expect(reload).toHaveBeenCalledTimes(2);
  container.control(next);
  vi.advanceTimersByTime(60_000);
  expect(reload).toHaveBeenCalledTimes(2);
});

test('a server that cannot be asked is asked at the next occasion', async () => {
  const container = new FakeContainer();
  const { occasions } = start(container);
  await settled();
  container.registration!.update.mockRejectedValueOnce(new TypeError('offline'));
  occasions[0]!();
  occasions[0]!();
  await settled();
  expect(container.registration!.update).toHaveBeenCalledTimes(2);
});
