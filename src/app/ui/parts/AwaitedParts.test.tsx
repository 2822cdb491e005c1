// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { AwaitedParts } from './AwaitedParts.tsx';
import { awaitPart } from './awaitPart.ts';
import { createPart } from './part.ts';
import { PartError } from './partError.ts';
import { RescueContext } from './RescueContext.ts';

const settle = () => act(() => new Promise((resolve) => setTimeout(resolve)));

test('what was pressed and does not come says so, and is done once it has come by another try', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let isThere = false;
  const arrive = () => (isThere ? Promise.resolve() : Promise.reject(new PartError('unreachable', 'a.js')));
  const part = createPart('laterActions', () => Promise.resolve('done'), arrive);
  const other = createPart('speedMeter', () => Promise.resolve('measured'));
  const rescue = { subscribe: () => () => undefined, hasRuns: () => true, save: () => undefined };
  render(
    <RescueContext value={rescue}>
      <AwaitedParts />
    </RescueContext>,
  );
  const done: string[] = [];
  const press = async (name: string) => void done.push(`${name}: ${await awaitPart(part)}`);
  expect(await awaitPart(other)).toBe('measured');
  void press('first');
  void press('second');
  await settle();
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  expect(screen.getByRole('alert').textContent).toMatch(
    /^What was pressed could not be loaded\..*Your runs are here/s,
  );
  expect(done).toEqual([]);
  isThere = true;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(done).toEqual(['first: done', 'second: done']));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  vi.unstubAllGlobals();
});
