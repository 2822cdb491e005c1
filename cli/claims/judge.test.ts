import { describe, expect, test } from 'vitest';
import type { PresetClaim } from '../../src/model/presetClaims.ts';
import { parseExperiment, runOfLane } from '../../src/model/config.ts';
import { agree, holdsFrom, judge, type JudgedNet } from './judge.ts';

const experiment = parseExperiment({
  lanes: [
    { id: 'shallow', model: { depth: 20, block: 'plain' } },
    { id: 'deep', model: { depth: 56, block: 'plain' } },
  ],
  recipe: { steps: 200 },
});

/** Two plain nets with these training errors, by the step. */
const nets = (shallow: (step: number) => number, deep: (step: number) => number, steps = 200): JudgedNet[] =>
  experiment.lanes.map((lane, i) => ({
    id: lane.id,
    config: runOfLane(experiment, lane),
    error: Array.from({ length: steps }, (_, step) => (i === 0 ? shallow : deep)(step + 1)),
  }));
const gaps: PresetClaim = { kind: 'gaps', gaps: [{ worse: 'deep', better: 'shallow' }] };
const question: PresetClaim = { kind: 'question', pairs: [['deep', 'shallow']] };
const comesOut = (claim: PresetClaim, of: JudgedNet[], steps = 200) => judge(claim, of, steps).comesOut;

describe('a claim', () => {
  test('comes out where the gap is beyond the noise, the right way round, and the better net has begun to learn', () => {
    expect(comesOut(gaps, nets(() => 0.5, () => 0.6))).toBe(true); // prettier-ignore
    expect(comesOut(gaps, nets(() => 0.6, () => 0.5))).toBe(false); // prettier-ignore
    expect(comesOut(gaps, nets(() => 0.5, () => 0.51))).toBe(false); // prettier-ignore
    expect(comesOut(gaps, nets(() => 0.85, () => 0.9))).toBe(false); // prettier-ignore
    // The deeper one may still be guessing.
    expect(comesOut(gaps, nets(() => 0.7, () => 0.9))).toBe(true); // prettier-ignore
  });

  test('does not come out of a net that diverged, or of fewer steps than a verdict needs', () => {
    const [shallow, deep] = nets(() => 0.5, () => 0.6); // prettier-ignore
    expect(judge(gaps, [shallow!, { ...deep!, error: deep!.error.slice(0, 120) }], 200)).toMatchObject({
      comesOut: false,
      pairs: [{ why: 'diverged', gap: null }],
    });
    expect(judge(gaps, [shallow!, deep!], 40).pairs[0]!.why).toBe('short');
  });
});

describe('a question', () => {
  test('is answered by a gap or by none, once both have begun to learn', () => {
    expect(judge(question, nets(() => 0.5, () => 0.6), 200)).toMatchObject({ comesOut: true, pairs: [{ better: 'shallow' }] }); // prettier-ignore
    expect(judge(question, nets(() => 0.5, () => 0.505), 200)).toMatchObject({ comesOut: true, pairs: [{ better: null, why: 'noise' }] }); // prettier-ignore
    expect(comesOut(question, nets(() => 0.85, () => 0.86))).toBe(false); // prettier-ignore
  });

  test('is answered alike by all seeds, or not at all', () => {
    const of = (deep: number) => judge(question, nets(() => 0.5, () => deep), 200); // prettier-ignore
    expect(agree([of(0.6), of(0.7)])).toBe(true);
    expect(agree([of(0.6), of(0.4)])).toBe(false);
    expect(agree([of(0.6), of(0.5)])).toBe(false);
    expect(agree([])).toBe(false);
  });
});

test('the fewest steps are those from which on the claim holds up to the end, with every seed', () => {
  const late = nets(() => 0.5, (step) => (step <= 75 ? 0.5 : 0.7)); // prettier-ignore
  const soon = nets(() => 0.5, () => 0.7); // prettier-ignore
  expect(holdsFrom(gaps, [soon], 200)).toBe(50);
  const from = holdsFrom(gaps, [soon, late], 200)!;
  expect(from).toBeGreaterThan(75);
  expect(from).toBeLessThanOrEqual(125);
  // One that comes and goes holds only from where it stays.
  const again = nets(() => 0.5, (step) => (step > 100 && step <= 150 ? 0.5 : 0.7)); // prettier-ignore
  const back = nets(() => 0.5, (step) => (step > 100 && step <= 150 ? 0.5 : 0.7), 400); // prettier-ignore
  expect(holdsFrom(gaps, [back], 400)).toBeGreaterThan(150);
  // What came with the last window may go with the next.
  expect(holdsFrom(gaps, [again], 200)).toBeNull();
  const latest = nets(() => 0.5, (step) => (step <= 800 ? 0.5 : 0.7), 1000); // prettier-ignore
  expect([holdsFrom(gaps, [latest], 1000), holdsFrom(gaps, [latest], 900)]).toEqual([825, null]);
  expect(holdsFrom(gaps, [nets(() => 0.5, (step) => (step > 150 ? 0.5 : 0.7))], 200)).toBeNull(); // prettier-ignore
  // A number of steps that is no end of a window.
  expect(holdsFrom(gaps, [soon], 190)).toBe(50);
});
