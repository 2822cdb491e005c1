import { scaleLinear } from 'd3-scale';
import type { LookedAt } from '../../app/inside/view.ts';
import { integer } from '../../app/ui/format.ts';
import { agreementOf, rightNets } from '../../insights/predictions.ts';
import { AnswerMark } from './AnswerMark.tsx';
import { predictions as words } from './enPredictions.ts';
import type { TestAnswer } from './predictions.ts';

const TITLE = 26;
const BARS = 76;
const ROW = 18;
/** A set's column: as wide as "10,000" at least. */
const COLUMN = 46;
const LETTER = 7;

export const agreementHeight = (nets: number) => TITLE + BARS + nets * ROW + 14;

/** Sets of images by which nets are right about them: a bar for each set, and under it the nets (an UpSet plot, Lex et al. 2014). */
export function AgreementChart({
  nets,
  answer,
  width,
}: {
  readonly nets: readonly LookedAt[];
  readonly answer: TestAnswer;
  readonly width: number;
}) {
  const sets = agreementOf(rightNets(answer.labels, answer.nets));
  const left = Math.min(width / 2, 12 + LETTER * Math.max(...nets.map(({ name }) => name.length)));
  const shown = sets.slice(0, Math.max(1, Math.floor((width - left) / COLUMN)));
  const rest = sets.slice(shown.length).reduce((sum, { images }) => sum + images, 0);
  const y = scaleLinear([0, sets[0]?.images ?? 1], [0, BARS - 16]);
  const bottom = TITLE + BARS;
  const centre = (i: number) => left + (i + 0.5) * COLUMN;
  return (
    <g>
      <text className="panel-title" x={0} y={14}>
        {words.agreement}
      </text>
      {shown.map(({ right, images }, i) => (
        <g key={right}>
          <rect
            x={centre(i) - COLUMN / 2 + 6}
            width={COLUMN - 12}
            y={bottom - y(images)}
            height={y(images)}
            rx={2}
            fill="var(--edge)"
          />
          <text x={centre(i)} y={bottom - y(images) - 4} textAnchor="middle" className="panel-tick">
            {integer(images)}
          </text>
        </g>
      ))}
      <line className="panel-axis" x1={left} x2={left + shown.length * COLUMN} y1={bottom} y2={bottom} />
      {nets.map(({ id, name, style }, net) => {
        const at = bottom + (net + 0.75) * ROW;
        return (
          <g key={id}>
            <text x={left - 8} y={at + 4} textAnchor="end">
              {name}
            </text>
            {shown.map(({ right }, i) => (
              <AnswerMark
                key={right}
                style={style}
                isRight={((right >> net) & 1) === 1}
                x={centre(i)}
                y={at}
              />
            ))}
          </g>
        );
      })}
      {rest > 0 && (
        <text className="panel-tick" x={width} y={TITLE + 12} textAnchor="end">
          {words.further(rest)}
        </text>
      )}
    </g>
  );
}
