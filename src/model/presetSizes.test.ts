import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lanesOfClaim, presetClaims } from './presetClaims.ts';
import { recordedPresets } from './recordedPresets.ts';
import { isLargeEnough, measuredSizes, stepsNeeded, triedSizes } from './presetSizes.ts';
import type { PresetSize } from './presetId.ts';
import { classroomExperiment, paperExperiment, presetAtSize, presets } from './presets.ts';
import { claimComesOut } from './fit.ts';

const size = (width: number, batchSize: number, steps: number): PresetSize => ({ width, batchSize, steps });
const paper = (...of: Parameters<typeof size>): PresetSize => ({ ...size(...of), recipe: 'paper' });

test.each([
  [[], size(8, 64, 300), null],
  [[size(8, 64, 200)], size(8, 64, 200), true],
  [[size(8, 64, 200)], size(8, 64, 199), false],
  [[size(8, 64, 200)], size(16, 128, 200), true],
  [[size(8, 64, 200)], size(16, 128, 150), false],
  [[size(8, 64, 200)], size(4, 32, 9000), false],
  // A size that was measured itself is not judged by a smaller one.
  [[size(4, 32, 100), size(8, 64, 400)], size(8, 64, 300), false],
  [[size(4, 32, 100), size(8, 64, 400)], size(8, 32, 300), true],
  // Where it was tried in vain no number of steps is enough, and where it came out nowhere nothing is known.
  [[size(4, 32, 100), size(8, 64, Infinity)], size(8, 64, 9000), false],
  [[size(4, 32, 100), size(8, 64, Infinity)], size(16, 128, 300), true],
  [[size(4, 32, Infinity)], size(4, 32, 9000), null],
  // What took the paper's drops of the rate says nothing of a constant one; what came out at a constant rate does of both.
  [[size(4, 32, Infinity), paper(8, 128, 4000)], paper(8, 128, 4000), true],
  [[size(4, 32, Infinity), paper(8, 128, 4000)], paper(8, 128, 3000), false],
  [[size(4, 32, Infinity), paper(8, 128, 4000)], size(8, 128, 9000), false],
  [[size(8, 128, Infinity), paper(8, 128, 4000)], paper(8, 128, 4000), true],
  [[size(8, 64, 200)], paper(8, 64, 300), true],
  // Of the beginning of training.
  [[{ ...size(8, 64, 200), until: 900 }], size(8, 64, 900), true],
  [[{ ...size(8, 64, 200), until: 900 }], size(16, 128, 1000), null],
  [[{ ...size(8, 64, 200), until: 900 }], size(8, 64, 100), false],
])('%# a size is large enough by what was measured', (measured, form, enough) => {
  expect(isLargeEnough(form, measured)).toBe(enough);
});

test.each(presets)('$id: its claim names nets that it has, and its measured sizes are of it', (preset) => {
  const ids = paperExperiment(preset).lanes.map(({ id }) => id);
  const claim = presetClaims[preset.id];
  expect(ids).toEqual(expect.arrayContaining([...lanesOfClaim(claim)]));
  for (const { recipe } of stepsNeeded(preset.id)) expect([undefined, 'paper']).toContain(recipe);
  for (const measured of measuredSizes(preset.id)) {
    expect(measured.seeds.length).toBeGreaterThan(1);
    expect(measured.command).toContain(`--preset ${preset.id}`);
    expect(measured.trainedSteps).toBeGreaterThanOrEqual(measured.steps);
    expect(claimComesOut(presetAtSize(preset, measured))).toBe(true);
    for (const { nets } of measured.pairs) expect(ids).toEqual(expect.arrayContaining([...nets]));
  }
  for (const { seeds, command, tried } of triedSizes(preset.id)) {
    expect(command).toContain(`--preset ${preset.id}`);
    for (const { nets, seen } of tried) {
      expect(ids).toEqual(expect.arrayContaining([...nets]));
      expect(seen.map(({ seed }) => seed)).toEqual(seeds);
      for (const { better } of seen) expect([null, ...nets]).toContain(better);
    }
  }
});

test('what was tried in vain is told apart from what came out', () => {
  expect(triedSizes('bottleneck').map(({ width, batchSize, trainedSteps }) => [width, batchSize, trainedSteps])).toEqual([[4, 32, 2000]]); // prettier-ignore
  expect(measuredSizes('bottleneck').map(({ width, batchSize }) => [width, batchSize])).toEqual([[8, 64]]);
  expect(stepsNeeded('bottleneck').map(({ steps }) => steps)).toEqual([Infinity, 200]);
  expect(triedSizes('degradation')).toEqual([]);
  expect(stepsNeeded('degradation').map(({ steps }) => steps)).toEqual(measuredSizes('degradation').map(({ steps }) => steps)); // prettier-ignore
  expect(stepsNeeded('warm-up').map(({ until }) => until)).toEqual([2000]);
});

test.each(presets)('$id: before a device is measured it is never below what was measured', (preset) => {
  for (const hardware of ['cpu', 'gpu'] as const) {
    // What took the paper's drops of the rate is said to be too small here.
    const isShort = measuredSizes(preset.id).some(({ recipe }) => recipe !== 'paper');
    if (isShort) expect(claimComesOut(classroomExperiment(preset, hardware))).toBe(true);
    if (!isShort && measuredSizes(preset.id).length > 0 && !preset.whole) expect(claimComesOut(classroomExperiment(preset, hardware))).toBe(false); // prettier-ignore
    const measured = [size(4, 32, 700), size(8, 64, 900), size(16, 128, 1400)];
    if (preset.whole) continue;
    const { lanes, recipe } = classroomExperiment(preset, hardware, measured);
    const shown = size(lanes[0]!.model.width, recipe.batchSize, recipe.steps!);
    expect(shown).toEqual(hardware === 'cpu' ? measured[1] : measured[2]);
    expect(classroomExperiment(preset, 'cpu', [size(16, 128, 100)]).lanes[0]!.model.width).toBe(16);
  }
});

test('a preset counts as recorded if a gap of its claim, or a pair of its question, is', () => {
  const index = JSON.parse(readFileSync('public/recordings/index.json', 'utf8')) as {
    recordings: { steps: number; config: { model: { block: string; depth: number; shortcut: string } } }[];
  };
  const netOf = ({ block, depth, shortcut }: { block: string; depth: number; shortcut: string }) =>
    `${block} ${depth} ${shortcut}`;
  for (const preset of presets) {
    const { lanes } = paperExperiment(preset);
    const isRecorded = (lane: string, steps: number) => {
      const found = lanes.find(({ id }) => id === lane);
      return (
        found !== undefined &&
        !found.optimizer &&
        !found.warmUp &&
        !found.from &&
        index.recordings.some(
          (entry) => entry.steps === steps && netOf(entry.config.model) === netOf(found.model),
        )
      );
    };
    const claim = presetClaims[preset.id];
    const pairs =
      claim.kind === 'gaps' ? claim.gaps.map(({ worse, better }) => [worse, better]) : claim.pairs;
    const is = (steps: number) => (claim.kind === 'gaps' ? pairs.every((pair) => pair.every((lane) => isRecorded(lane, steps))) : pairs.some((pair) => pair.every((lane) => isRecorded(lane, steps)))); // prettier-ignore
    const steps = recordedPresets.get(preset.id);
    if (steps !== undefined) expect(is(steps), preset.id).toBe(true);
    else expect((is(4000) || is(16_000)) && !preset.whole, preset.id).toBe(false);
  }
});
