import { expect, test } from 'vitest';
import { hear, nothingHeard, type Spoken } from './heard.ts';

const behind = 'Plain-56 is behind plain-20.';
const turned = 'Plain-20 is behind plain-56.';
const noise = 'No verdict: within the noise.';

/** What is read out, window by window; of texts that claim nothing `noise` alone. */
function readOut(texts: readonly string[], last: Partial<Spoken> = {}): readonly string[] {
  let heard = nothingHeard;
  return texts.map((text, window) => {
    const claims = text === noise ? [] : text.split(/(?<=\.) /);
    const end = window === texts.length - 1 ? last : {};
    heard = hear(heard, { of: 'a', text, claims, window, isOver: false, ...end });
    return heard.text;
  });
}

test('a claim is read out as soon as it is there, and a turned one too', () => {
  expect(readOut([behind, behind, turned])).toEqual([behind, behind, turned]);
});

test('one that comes and goes near the noise is read out once', () => {
  const texts = [behind, noise, behind, noise, noise, behind, noise, behind];
  expect(readOut(texts)).toEqual(texts.map(() => behind));
});

test('one that has gone is read out as gone when that stayed, and as back when that stayed', () => {
  expect(readOut([behind, noise, noise, noise, behind, noise, behind, behind, behind])).toEqual([
    behind, behind, behind, noise, noise, noise, noise, noise, behind,
  ]); // prettier-ignore
});

test('a second claim beside the first is read out at once, its falling away when it stayed', () => {
  const both = `${behind} ResNet-56 is ahead.`;
  expect(readOut([behind, both, behind, both, behind, behind, behind])).toEqual([
    behind, both, both, both, both, both, behind,
  ]); // prettier-ignore
});

test('the last word is read out at once, and another training begins anew', () => {
  expect(readOut([behind, noise], { isOver: true })).toEqual([behind, noise]);
  expect(readOut([behind, behind, noise, noise, behind], { of: 'b' })).toEqual([
    behind, behind, behind, behind, behind,
  ]); // prettier-ignore
  const other = hear(hear(nothingHeard, { of: 'a', text: behind, claims: [behind], window: 9, isOver: false }), { of: 'b', text: '', claims: [], window: 0, isOver: false }); // prettier-ignore
  expect(other.text).toBe('');
});

test('the same window asked again and again counts once', () => {
  let heard = hear(nothingHeard, { of: 'a', text: behind, claims: [behind], window: 2, isOver: false });
  for (let i = 0; i < 9; i++) heard = hear(heard, { of: 'a', text: noise, claims: [], window: 3, isOver: false }); // prettier-ignore
  expect(heard.text).toBe(behind);
  // Nor does it make the page draw anew.
  expect(hear(heard, { of: 'a', text: noise, claims: [], window: 4, isOver: false })).toBe(heard);
});
