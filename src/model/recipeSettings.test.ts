import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parseExperiment, type ExperimentConfig } from './config.ts';
import { decodeExperiment, encodeExperiment } from './link.ts';
import { pathOf, rowOf, settingNames, type SettingName } from './recipeSettings.ts';
import { inPlaces, ofEachSetting, settingsOf } from './settingValues.ts';

/** What settings are tried with: of each the first two that its schema takes and that are not what a link without it means. */
const candidates = [0.25, 0.125, 2, 3, true, false, 'adam', 'rmsprop', 'none', 'sequential'];
const othersOf = (name: SettingName) =>
  candidates
    .filter((value) => v.is(rowOf(name).schema, value) && value !== rowOf(name).link.absent)
    .slice(0, 2);

const withSettings = (change: Partial<Record<SettingName, unknown>>): ExperimentConfig => {
  const { experiment, recipe, optimizer, evaluation } = inPlaces(
    ofEachSetting((name) => change[name] ?? rowOf(name).link.absent),
  );
  return parseExperiment({
    ...experiment,
    lanes: [{ id: 'plain-8', model: { depth: 8, block: 'plain' } }],
    recipe: { ...recipe, optimizer, evaluation, steps: 5 },
  });
};

test('a link says nothing of a setting that is what its absence means', () => {
  expect(encodeExperiment(withSettings({}))).toBe('e=1p8;n5');
  expect(settingsOf(decodeExperiment('e=1p8;n5'))).toEqual(ofEachSetting((name) => rowOf(name).link.absent));
});

test('no setting has a letter of what has a shape of its own', () => {
  expect(settingNames.filter((name) => 'nemcrwuzf'.includes(rowOf(name).link.letter))).toEqual([]);
});

describe.each(settingNames.map((name) => [name] as const))('%s', (name) => {
  test('stands where its path says, and its schema has a default or asks for it there', () => {
    const value = othersOf(name)[0];
    const experiment: unknown = withSettings({ [name]: value });
    const found = pathOf(name)
      .split('.')
      .reduce((at, key) => (at as Record<string, unknown>)[key], experiment);
    expect(found).toBe(value);
  });

  test.each(othersOf(name).map((value) => [value] as const))('%s comes back through a link', (value) => {
    const experiment = withSettings({ [name]: value });
    const link = encodeExperiment(experiment);
    expect(link).toContain(`;${rowOf(name).link.letter}`);
    expect(decodeExperiment(link)).toEqual(experiment);
  });
});
