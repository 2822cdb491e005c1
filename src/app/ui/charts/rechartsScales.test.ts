import { scaleLinear as d3Linear } from 'd3-scale';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleLinear } from './rechartsScales.ts';

const ends = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }));

test('the linear scale places numbers as that of d3 does (within 1e-9), and is changed in place like it', () => {
  fc.assert(
    fc.property(ends, ends, fc.integer({ min: -2000, max: 2000 }), (domain, range, value) => {
      fc.pre(domain[0] !== domain[1]);
      const ours = scaleLinear();
      ours.domain(domain).range(range);
      const theirs = d3Linear().domain(domain).range(range);
      expect(Math.abs(ours(value) - theirs(value))).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(theirs(value))));
      const copy = ours.copy();
      ours.range([0, 1]);
      expect([copy.domain(), copy.range(), ours.range()]).toEqual([domain, range, [0, 1]]);
    }),
  );
});
