import { quantityWords } from './enCharts.ts';
import type { Quantity } from './quantities.ts';

/** What solid and dashed mean on a chart; nothing where it has one kind of line. */
export function SplitsKey({ quantity }: { quantity: Quantity }) {
  const { splits } = quantityWords[quantity];
  if (!splits) return null;
  return (
    <span className="splits-key">
      <span>
        <svg width="26" height="8" aria-hidden="true">
          <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" strokeWidth="2.8" />
        </svg>
        <Split text={splits.test} />
      </span>
      <span>
        <svg width="26" height="8" aria-hidden="true">
          <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" strokeWidth="1.6" strokeDasharray="5 4" />
        </svg>
        <Split text={splits.training} />
      </span>
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
