// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { KeepError, type DataKeeping } from '../../client/keptData.ts';
import { KeptData } from './KeptData.tsx';
import { createKeptData } from './keptData.ts';
import { OfflineContext } from './OfflineContext.ts';

afterEach(cleanup);
const kept = (shards: number) => ({ shards, bytes: shards * 2e6, allShards: 60, allBytes: 120e6 });
const noWorker = {
  state: () => ({ newVersion: false, isolates: false }),
  subscribe: () => () => undefined,
  loadAgain: () => Promise.resolve(),
};

async function show(keeping: Partial<DataKeeping>, persist = () => Promise.resolve(true)) {
  const none = () => Promise.resolve(kept(0));
  const data = createKeptData({ look: none, keep: none, remove: none, ...keeping }, persist);
  const view = render(
    <OfflineContext value={{ worker: noWorker, data }}>
      <KeptData />
    </OfflineContext>,
  );
  await act(() => Promise.resolve());
  return { data, view };
}
const said = () => screen.getByRole('status').textContent;
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);
const press = (name: RegExp) =>
  act(() => {
    fireEvent.click(screen.getByRole('button', { name }));
    return Promise.resolve();
  });

test('it says what is kept, and what all of it takes, before anything is asked', async () => {
  await show({ look: () => Promise.resolve(kept(12)) });
  expect(said()).toContain('12 of 60 parts of CIFAR-10 now, 24.0 of 120.0 MB');
  expect(buttons()).toEqual(['Keep all of CIFAR-10 here (96.0 MB)', 'Remove 24.0 MB']);
});

test('keeping asks the browser to hold it, shows how far it is, goes on unseen, and says when all is there', async () => {
  let tell: Parameters<DataKeeping['keep']>[1] = () => undefined;
  let done: (all: ReturnType<typeof kept>) => void = () => undefined;
  const persist = vi.fn(() => Promise.resolve(false));
  const { data, view } = await show(
    { keep: (_, told) => ((tell = told), new Promise((resolve) => (done = resolve))) },
    persist,
  );
  expect(persist).not.toHaveBeenCalled();
  await press(/^Keep all/);
  expect(persist).toHaveBeenCalledTimes(1);
  act(() => tell(kept(20)));
  expect([said(), buttons()]).toEqual(['Keeping CIFAR-10: 20 of 60 parts, 40.0 of 120.0 MB.', ['Cancel']]);
  expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBe(40e6);
  view.unmount();
  done(kept(60));
  await act(() => Promise.resolve());
  expect(data.store.getState()).toMatchObject({ kind: 'known', kept: kept(60), isPersistent: false });
});

test('cancelled, it says what is there', async () => {
  await show({
    keep: (signal, tell) =>
      new Promise((_, fail) => {
        tell(kept(5));
        signal.addEventListener('abort', () => fail(new DOMException('', 'AbortError')));
      }),
  });
  await press(/^Keep all/);
  await press(/^Cancel/);
  expect(said()).toContain('5 of 60 parts');
  expect(buttons()).toEqual(['Keep all of CIFAR-10 here (110.0 MB)', 'Remove 10.0 MB']);
});

test('all of it is removed when that is pressed', async () => {
  const remove = vi.fn(() => Promise.resolve(kept(0)));
  await show({ look: () => Promise.resolve(kept(60)), remove });
  expect([said(), buttons()]).toEqual([
    'All of CIFAR-10 is kept in this browser, 120.0 MB: every experiment trains without a network.',
    ['Remove 120.0 MB'],
  ]);
  await press(/^Remove/);
  expect([remove.mock.calls.length, buttons()]).toEqual([1, ['Keep all of CIFAR-10 here (120.0 MB)']]);
});

test.each([
  [
    'full',
    'This browser has no room for all of CIFAR-10.',
    ['Keep all of CIFAR-10 here (96.0 MB)', 'Remove 24.0 MB'],
  ],
  ['denied', 'This browser keeps nothing for this page', ['Remove 24.0 MB']],
  [
    'unreachable',
    'this browser is offline, or the server does not answer',
    ['Keep all of CIFAR-10 here (96.0 MB)', 'Remove 24.0 MB'],
  ],
  [
    'damaged',
    'is not what it should be. Why it is. What is kept stays.',
    ['Keep all of CIFAR-10 here (96.0 MB)', 'Remove 24.0 MB'],
  ],
  [
    'worker',
    'has failed. Why it is. What is kept stays.',
    ['Keep all of CIFAR-10 here (96.0 MB)', 'Remove 24.0 MB'],
  ],
] as const)('where it is %s that is said, and what is kept stays', async (trouble, words, left) => {
  const keep = () => Promise.reject(new KeepError(trouble, new Error('Why it is')));
  await show({ look: () => Promise.resolve(kept(12)), keep });
  await press(/^Keep all/);
  expect(said()).toContain(words);
  expect(buttons()).toEqual(left);
});

test('where nothing is known of it, looking can be tried again', async () => {
  const look = vi.fn(() => Promise.reject(new KeepError('unreachable', new Error('offline'))));
  await show({ look });
  expect(buttons()).toEqual(['Try again']);
  await press(/^Try again/);
  expect(look).toHaveBeenCalledTimes(2);
});
