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
