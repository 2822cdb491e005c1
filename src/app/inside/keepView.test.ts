import { expect, test } from 'vitest';
import { noInside } from '../state/inside.ts';
import { noTraining } from '../state/training.ts';
import { freshApp } from '../testing/freshApp.ts';
import { experiment, runsBefore, trained } from '../testing/mount.tsx';
import { keepView } from './keepView.ts';
import { netsToLookAt } from './netsToLookAt.ts';

const said = { question: 'Does every layer respond?', summary: 'Median response: 0.5.', link: 'https://host/#e=1p20;n3&view=1signal' }; // prettier-ignore

function page(notes: readonly string[]) {
  const app = freshApp();
  const runs = notes.map((note, i) => trained(runsBefore[i]!, [0.9, 0.8, 0.7], { note }));
  app.store.setState({ training: { ...noTraining, experiment, runs } });
  const noted = () => app.store.getState().training.runs.map(({ note }) => note);
  return { app, noted, nets: netsToLookAt(app.store.getState()) };
}
const line = (step: number) =>
  `Does every layer respond? After step ${step}: Median response: 0.5. https://host/#e=1p20;n3&view=1signal`;

test('a view is kept in the note of each run that it is of, behind what stands there', () => {
  const { app, noted, nets } = page(['', 'mine', 'another']);
  expect(keepView(app, nets.slice(0, 2), said)).toEqual(['plain-20', 'plain-56']);
  expect(noted()).toEqual([line(3), `mine\n${line(3)}`, 'another']);
  app.store.setState({ inside: { ...noInside, step: 2 } });
  keepView(app, nets.slice(0, 1), said);
  expect(noted()[0]).toBe(`${line(3)}\n${line(2)}`);
});

test('where a note has no room, none is changed, and it is said; so is a net that is no run', () => {
  const { app, noted, nets } = page(['', 'x'.repeat(9_950)]);
  expect(() => keepView(app, nets, said)).toThrow('The note of plain-56 has no room left.');
  expect(noted()[0]).toBe('');
  expect(() => keepView(app, [{ ...nets[0]!, id: 'lane a' }], said)).toThrow('None of these nets is a run');
});
