// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { LookOptions } from '../../client/insideClient.ts';
import type { GivenNet } from '../../protocol/inside.ts';
import { mount } from '../testing/mount.tsx';
import type { NetToLookAt } from './netsToLookAt.ts';
import { useLook } from './useLook.ts';

const given: GivenNet = {
  model: { family: 'cifar', depth: 20, block: 'plain', shortcut: 'A', width: 4 },
  normalisation: 'per-pixel-mean',
  weights: { kind: 'seed', seed: 1 },
};
const net: NetToLookAt = {
  id: 'a',
  name: 'plain-20',
  style: { hue: 'plain', tone: 0, marker: 'circle' },
  model: given.model,
  step: 3,
  from: 'kept',
  isTraining: false,
  hasNow: false,
  moments: [],
  give: () => Promise.resolve(given),
};
const nets = [net];
const further = () => [];
const joined = (_: unknown, answer: unknown) => answer;

function View({ view, step }: { readonly view: string; readonly step: number | null }) {
  const { looked } = useLook({
    view,
    question: {},
    nets,
    step,
    atOnce: true,
    isLive: false,
    further,
    joined,
  });
  return <p>{looked.state}</p>;
}

test('on the way along the moments only the last one is computed to its end; another view goes on', async () => {
  const asked: { view: string; signal: AbortSignal | undefined }[] = [];
  const look = (view: string, _: readonly GivenNet[], __: unknown, { signal }: LookOptions) => {
    asked.push({ view, signal });
    return new Promise((_resolve, reject) =>
      signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
    );
  };
  const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 0)));
  const { draw } = mount(<View key="a" view="a" step={null} />, {}, { look });
  await settled();
  for (const step of [1, 2, 5]) {
    draw(<View key="a" view="a" step={step} />);
    await settled();
  }
  draw(<View key="b" view="b" step={5} />);
  await settled();
  expect(asked.map(({ view, signal }) => [view, signal?.aborted])).toEqual([
    ['a', true],
    ['a', true],
    ['a', true],
    ['a', false],
    ['b', false],
  ]);
});

test('what was seen while a net trained stays when its training has ended, and the last look is joined to it', async () => {
  let count = 0;
  const look = () => Promise.resolve([++count]);
  const all = (before: unknown, answer: unknown) => [...(before as number[]), ...(answer as number[])];
  const seen: unknown[] = [];
  function Live({ nets: drawn }: { readonly nets: readonly NetToLookAt[] }) {
    const { looked } = useLook({ view: 'a', question: {}, nets: drawn, step: null, atOnce: true, isLive: true, further, joined: all }); // prettier-ignore
    seen.push(looked.shown?.answer);
    return <p>{looked.state}</p>;
  }
  const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 0)));
  const [training, ended, other] = [
    { ...net, isTraining: true },
    { ...net, step: 8 },
    { ...net, id: 'b' },
  ];
  const { draw } = mount(<Live nets={[training, other]} />, {}, { look });
  await settled();
  draw(<Live nets={[ended, other]} />);
  await settled();
  expect(seen.at(-1)).toEqual([1, 2]);
  // Once it was there, nothing was not.
  expect(seen.slice(seen.findIndex((answer) => answer !== undefined))).not.toContain(undefined);
  // Of another net nothing is known.
  draw(<Live nets={[{ ...other, step: 9 }]} />);
  await settled();
  expect(seen.at(-1)).toEqual([3]);
});
