// @vitest-environment happy-dom
import { useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { expect, test, vi } from 'vitest';
import { createPart } from './part.ts';
import { PartOf } from './PartOf.tsx';

function Shown({ text }: { readonly text: string }) {
  const [shown] = useState(text);
  return <p>{shown}</p>;
}

const partAfter = (arrive: () => Promise<void>) =>
  createPart('inside', () => Promise.resolve('here'), arrive);
const microtasks = async (count: number) => {
  for (let i = 0; i < count; i++) await Promise.resolve();
};
const milliseconds = (count: number) => new Promise<void>((resolve) => setTimeout(resolve, count));

const inside = (part: ReturnType<typeof partAfter>): ReactNode => (
  <PartOf name="inside" part={part}>
    {(text) => <Shown text={text} />}
  </PartOf>
);

// What is drawn after a wait is drawn with pauses, and begun anew when what it waits for comes within one.
test.each([0, 1, 2, 3, 5, 8])(
  'a part in a part that comes %d microtasks after it is asked for is drawn without a fault on the way',
  async (count) => {
    const said = vi.spyOn(console, 'error');
    const faults: unknown[] = [];
    const element = document.createElement('div');
    const root = createRoot(element, { onRecoverableError: (error) => faults.push(error) });
    const part = partAfter(() => microtasks(count));
    root.render(
      <PartOf name="inside" part={partAfter(() => milliseconds(20))}>
        {() => inside(part)}
      </PartOf>,
    );
    await expect.poll(() => element.textContent).toBe('here');
    root.unmount();
    expect(faults).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  },
);

test('a part that is there is drawn at once', async () => {
  const part = partAfter(() => microtasks(1));
  await part.load();
  await milliseconds(0);
  const element = document.createElement('div');
  const root = createRoot(element);
  flushSync(() => root.render(inside(part)));
  expect(element.textContent).toBe('here');
  root.unmount();
});
