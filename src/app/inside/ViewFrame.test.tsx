// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import * as v from 'valibot';
import { afterEach, expect, test, vi } from 'vitest';
import type { LookOptions } from '../../client/insideClient.ts';
import { createDeferred } from '../../model/deferred.ts';
import { mount } from '../testing/mount.tsx';
import { defineView } from './defineView.tsx';
import { useLayerChoice } from './layerChoice.ts';
import { netsToLookAt } from './netsToLookAt.ts';
import type { ViewDefinition } from './view.ts';
import { ViewFrame } from './ViewFrame.tsx';

vi.mock('../ui/saveFile.ts', () => ({ saveFile: (...given: unknown[]) => saved.push(given) }));
const saved: unknown[][] = [];
afterEach(() => {
  saved.length = 0;
});

interface Question {
  readonly size: number;
  readonly layer: string | null;
}

const definition: ViewDefinition<Question, number> = {
  id: 'test',
  words: {
    name: 'Test',
    question: 'What comes out?',
    shows: 'A number.',
    doesNot: 'No other.',
    terms: [],
    source: 'None.',
  },
  question: v.strictObject({ size: v.number(), layer: v.nullable(v.string()) }),
  answer: v.number(),
  initial: { size: 1, layer: null },
  asks: ({ size }) => ({ size }),
  layer: { of: ({ layer }) => layer, with: (question, layer) => ({ ...question, layer }) },
  cost: ({ size }) => (size > 1 ? 'It takes a while.' : null),
  isLive: false,
  Settings: ({ question, change }) => (
    <>
      <button onClick={() => change({ ...question, size: question.size + 1 })}>larger</button>
      <button onClick={() => change({ ...question, layer: 'conv1' })}>first layer</button>
      <i>{`size ${question.size}, layer ${question.layer}`}</i>
    </>
  ),
  Drawing({ answer }) {
    const { layer, choose } = useLayerChoice();
    return (
      <svg className="view-picture" onClick={() => choose('linear')}>
        <text>{`drawn ${answer} of ${layer}`}</text>
      </svg>
    );
  },
  table: ({ answer }) => ({ head: ['number'], rows: [[answer], ['=1+1']] }),
  summary: ({ answer, nets }) => `${nets.length} nets, ${answer}.`,
};

const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 0)));

async function open(view = definition, questions = {}) {
  const asked: {
    question: unknown;
    options: LookOptions;
    answer: ReturnType<typeof createDeferred<unknown>>;
  }[] = [];
  const page = mount(null, {}, {
    look(_view, _nets, question, options) {
      const answer = createDeferred<unknown>();
      asked.push({ question, options, answer });
      options.signal?.addEventListener('abort', () => answer.reject(options.signal?.reason));
      return answer.promise;
    },
  }); // prettier-ignore
  page.app.setInside({ questions });
  const nets = netsToLookAt(page.app.store.getState());
  page.draw(<ViewFrame view={defineView(view)} nets={nets} step={null} />);
  await settled();
  return { ...page, asked };
}

const button = (name: string) => screen.getByRole('button', { name });

test('what is cheap is computed at once; progress stands until the answer is there, then what it says and its table', async () => {
  const { asked, container } = await open();
  expect(asked.map(({ question }) => question)).toEqual([{ size: 1 }]);
  const progress = screen.getByRole('progressbar');
  expect(progress.getAttribute('value')).toBeNull();
  act(() => asked[0]!.options.onProgress?.({ done: 1, total: 4, soFar: 7 }));
  expect([progress.getAttribute('value'), progress.getAttribute('max')]).toEqual(['1', '4']);
  expect(screen.getByText('3 nets, 7.')).toBeTruthy();
  asked[0]!.answer.resolve(8);
  await settled();
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.getByText('3 nets, 8.')).toBeTruthy();
  expect(screen.getByText('A number.')).toBeTruthy();
  const details = container.querySelector('details.view-table')!;
  expect(details.querySelector('td')).toBeNull();
});

test('what costs is said before, computed when asked for, and a cancelled look puts the answer before it back', async () => {
  const { asked, app } = await open();
  asked[0]!.answer.resolve(8);
  await settled();
  fireEvent.click(button('larger'));
  await settled();
  expect(asked).toHaveLength(1);
  expect(screen.getByText('It takes a while.')).toBeTruthy();
  // Only what differs from the first question is remembered: it goes into links.
  expect(app.store.getState().inside.questions).toEqual({ test: { size: 2 } });
  fireEvent.click(button('Look'));
  await settled();
  asked[1]!.answer.resolve(20);
  await settled();
  expect(screen.getByText('3 nets, 20.')).toBeTruthy();
  fireEvent.click(button('Look again'));
  await settled();
  act(() => asked[2]!.options.onProgress?.({ done: 1, total: 2, soFar: 1 }));
  fireEvent.click(button('Cancel'));
  await settled();
  expect(asked[2]!.options.signal?.aborted).toBe(true);
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.getByText('3 nets, 20.')).toBeTruthy();
});

test('a failure says what happened, and can be tried again', async () => {
  const { asked } = await open();
  asked[0]!.answer.reject(new Error('The weights are lost.'));
  await settled();
  expect(screen.getByRole('alert').textContent).toBe('That could not be computed. The weights are lost.');
  fireEvent.click(button('Look'));
  await settled();
  asked[1]!.answer.resolve(3);
  await settled();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText('3 nets, 3.')).toBeTruthy();
});

test('an answer is saved as its numbers, and no text of it is a formula', async () => {
  const { asked } = await open();
  asked[0]!.answer.resolve(8);
  await settled();
  fireEvent.click(button('CSV'));
  fireEvent.click(button('JSON'));
  await settled();
  expect(saved.map(([, type, file]) => [type, file])).toEqual([
    ['text/csv', 'inside-test.csv'],
    ['application/json', 'inside-test.json'],
  ]);
  expect(String(saved[0]![0])).toMatch(/^number\r?\n8\r?\n'?"?'=1\+1/);
  expect(JSON.parse(String(saved[1]![0]))).toEqual({ title: 'What comes out?', rows: [{ number: 8 }, { number: '=1+1' }] }); // prettier-ignore
  expect(screen.getByText('Saved inside-test.json.')).toBeTruthy();
});

test('the layer that is chosen elsewhere is the question\u2019s, and what is chosen here is chosen everywhere', async () => {
  const { asked, app, container } = await open();
  asked[0]!.answer.resolve(8);
  await settled();
  act(() => app.setInside({ layer: 'layer1.0.conv2' }));
  expect(screen.getByText('size 1, layer layer1.0.conv2')).toBeTruthy();
  expect(container.querySelector('svg')?.textContent).toBe('drawn 8 of layer1.0.conv2');
  fireEvent.click(button('first layer'));
  expect(app.store.getState().inside).toMatchObject({ layer: 'conv1', questions: { test: {} } });
  fireEvent.click(container.querySelector('svg.view-picture')!);
  expect(app.store.getState().inside.layer).toBe('linear');
  act(() => app.setInside({ layer: null }));
  expect(screen.getByText('size 1, layer null')).toBeTruthy();
});

test('settings out of a link that are none of this view\u2019s are explained, and its usual ones stand', async () => {
  const { asked } = await open(definition, { test: { size: 'large' } });
  expect(screen.getByRole('alert').textContent).toContain('its usual ones');
  expect(screen.getByText('size 1, layer null')).toBeTruthy();
  expect(asked.map(({ question }) => question)).toEqual([{ size: 1 }]);
  fireEvent.click(button('larger'));
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what follows from the graphs alone is there at once, and no worker is asked', async () => {
  const { asked } = await open({ ...definition, here: ({ size }, nets) => size + nets.length });
  expect(asked).toEqual([]);
  expect(screen.getByText('3 nets, 4.')).toBeTruthy();
  fireEvent.click(button('larger'));
  expect(screen.getByText('3 nets, 5.')).toBeTruthy();
});
