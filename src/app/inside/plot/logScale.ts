/** A logarithmic axis of a panel. */
import { scaleLog } from 'd3-scale';
import { plainNumber } from '../../ui/format.ts';
import type { PanelScale } from './Panel.tsx';

/** Powers of ten are written out down to this, and up to its inverse. */
const LEAST = 1e-4;

/** An axis from and to a power of ten; of few decades with numbers between them. Throws RangeError unless both ends are positive. */
export function logScale(domain: readonly [number, number], range: readonly number[]): PanelScale {
  const [least, most] = domain;
  if (!(least > 0) || !(most >= least)) throw new RangeError(`${least} to ${most} has no logarithms`);
  const scale = scaleLog([least, most], range).nice();
  return Object.assign((value: number) => scale(value), {
    range: () => scale.range(),
    // Only those that d3 finds room for: the others have no label of its.
    ticks: (count: number) => {
      const label = scale.tickFormat(count);
      return scale.ticks(count).filter((tick) => label(tick) !== '');
    },
    tickFormat: () => logLabel,
  });
}

const SUPERSCRIPTS = ['\u2070', '\u00b9', '\u00b2', '\u00b3', '\u2074', '\u2075', '\u2076', '\u2077', '\u2078', '\u2079']; // prettier-ignore

/** "0.01", "2·10⁻⁶", "10⁸". */
export function logLabel(value: number): string {
  if (value >= LEAST && value <= 1 / LEAST) return plainNumber(value);
  const power = Math.floor(Math.log10(value) + 1e-9);
  const factor = Number((value / 10 ** power).toPrecision(2));
  const digits = Array.from(String(Math.abs(power)), (digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `${factor === 1 ? '' : `${plainNumber(factor)}\u00b7`}10${power < 0 ? '\u207b' : ''}${digits}`;
}
