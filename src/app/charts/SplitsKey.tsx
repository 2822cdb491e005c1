import type { Curve } from './curves/curve.ts';
import { quantityWords, splitsKey as words } from './enCharts.ts';
import type { Quantity } from './quantities.ts';

/** What solid, dashed and shaded mean on a chart; nothing where it has no lines yet, or one kind of them. */
export function SplitsKey({ quantity, curves }: { quantity: Quantity; curves: readonly Curve[] }) {
  const { splits } = quantityWords[quantity];
  if (!splits || !curves.some(({ end }) => end !== null)) return null;
  const apart = testedApart(curves);
  return (
    <span className="splits-key">
      <span>
        <svg width="26" height="8" aria-hidden="true">
          <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" strokeWidth="2.8" />
        </svg>
        <Split text={splits.test} />
        {apart && ` (${words.apart(apart.before, apart.last)})`}
      </span>
      <span>
        <svg width="26" height="8" aria-hidden="true">
          <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" strokeWidth="1.6" strokeDasharray="5 4" />
        </svg>
        <Split text={splits.training} />
      </span>
      {curves.some(({ noise }) => noise !== null) && (
        <span>
          <svg width="26" height="10" aria-hidden="true">
            <rect width="26" height="10" fill="currentColor" opacity="0.16" />
          </svg>
          {splits.band}
        </span>
      )}
    </span>
  );
}

/** Its first word says it where there is no room for the second, which is the chart's title. */
function Split({ text }: { text: string }) {
  const [of = '', ...what] = text.split(' ');
  return (
    <span>
      {of}
      <small> {what.join(' ')}</small>
    </span>
  );
}

/** Of the nets of the present experiment: on how many images they were tested at last, where before it were others. */
function testedApart(curves: readonly Curve[]): { readonly before: number; readonly last: number } | null {
  for (const { faint, test } of curves) {
    const [before, last] = [test.at(-2)?.images ?? null, test.at(-1)?.images ?? null];
    if (!faint && before !== null && last !== null && before !== last) return { before, last };
  }
  return null;
}
