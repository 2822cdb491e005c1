import { expect, test } from 'vitest';
import { classroomExperiment, presets } from '../../../model/presets.ts';
import type { PresetId } from '../../../model/presetId.ts';
import { draftOf, missingTwins } from '../../state/draft.ts';
import type { Run } from '../../state/run.ts';
import { prepareRuns } from '../prepareRuns.ts';
import { netLooks, withNetLooks } from './netLooks.ts';

const form = (id: PresetId) =>
  classroomExperiment(
    presets.find((preset) => preset.id === id)!,
    'cpu',
  );
/** The lanes of the degradation, with their twins. */
const four = () => {
  const { lanes } = draftOf(form('degradation'));
  return [...lanes, ...missingTwins(lanes)];
};
const trained = (id: PresetId) => prepareRuns(form(id), 1, () => '');
/** As they come: each as if it were alone. */
const recorded: readonly Run[] = prepareRuns(form('twins'), 2, () => '').map((run) => ({
  ...run,
  id: `recorded/${run.name}`,
  name: `${run.name} recorded`,
  origin: 'recorded' as const,
}));
const colours = (runs: readonly { readonly style: Run['style'] }[]) =>
  runs.map(({ style }) => `${style.hue} ${style.tone} ${style.marker}`);

test('a net that was trained keeps its look when others come beside it, in every drawing', () => {
  const runs = trained('degradation');
  const looks = netLooks(four(), runs);
  expect(colours(looks).slice(0, 2)).toEqual(colours(runs));
  expect(new Set(colours(looks)).size).toBe(4);
});

test('recorded runs look as their nets do on the page, whatever came first', () => {
  const runs = trained('degradation');
  const looks = netLooks(four(), runs);
  const dressed = withNetLooks(recorded, looks);
  expect(colours(dressed)).toEqual(colours(looks));
  expect(withNetLooks(dressed, looks)).toBe(dressed);
});

test('recorded nets that are not on the page look like none that is, and files keep their looks', () => {
  const looks = netLooks(draftOf(form('degradation')).lanes, []);
  const file: Run = { ...recorded[0]!, id: 'file', origin: 'file' };
  const dressed = withNetLooks([file, ...recorded], looks);
  expect(dressed[0]).toBe(file);
  expect(colours(dressed).slice(1, 3)).toEqual(colours(looks));
  expect(new Set(colours(dressed.slice(1))).size).toBe(4);
});
