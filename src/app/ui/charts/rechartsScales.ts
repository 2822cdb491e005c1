/**
 * The scales that our axes use, in place of d3-scale: vite.config.ts puts this module there. Recharts looks for scales by name in
 * the whole of d3-scale, so that no bundler can leave out what is not used; and d3's own linear scale brings its
 * interpolation of colours and its formats of numbers along (together 17 kB gz). Ours only places numbers.
 */
import { niceTicks } from './scales.ts';

export { scaleBand, scalePoint } from 'd3-scale';

/** As d3's: with an argument `domain` and `range` change the scale and return it. */
interface LinearScale {
  (value: number): number;
  domain(): readonly number[];
  domain(ends: readonly number[]): LinearScale;
  range(): readonly number[];
  range(ends: readonly number[]): LinearScale;
  ticks(count?: number): readonly number[];
  copy(): LinearScale;
}

/** For two ends of each. */
export function scaleLinear(): LinearScale {
  let from: readonly number[] = [0, 1];
  let to: readonly number[] = [0, 1];
  const place = (value: number) => {
    const [[start = 0, end = 1], [first = 0, last = 1]] = [from, to];
    return end === start ? (first + last) / 2 : first + ((value - start) / (end - start)) * (last - first);
  };
  function domain(): readonly number[];
  function domain(ends: readonly number[]): LinearScale;
  function domain(ends?: readonly number[]) {
    if (!ends) return from;
    from = [...ends];
    return scale;
  }
  function range(): readonly number[];
  function range(ends: readonly number[]): LinearScale;
  function range(ends?: readonly number[]) {
    if (!ends) return to;
    to = [...ends];
    return scale;
  }
  const ticks = (count = 10) => niceTicks(Math.min(...from), Math.max(...from), count);
  const copy = () => scaleLinear().domain(from).range(to);
  const scale: LinearScale = Object.assign(place, { domain, range, ticks, copy });
  return scale;
}
