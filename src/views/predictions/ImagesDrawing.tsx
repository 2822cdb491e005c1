import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { classNames, IMAGE_SIDE, IMAGE_SIZE } from '../../model/dataset.ts';
import { AgreementChart, agreementHeight } from './AgreementChart.tsx';
import { AnswerMark } from './AnswerMark.tsx';
import { predictions as words } from './enPredictions.ts';
import { hasAnswer, imagesOfSet, MOST_SHOWN, setAmong } from './imageSets.ts';
import type { PredictionsQuestion, TestAnswer } from './predictions.ts';
import { setName } from './setName.ts';

/** Three pixels of the page for one of the picture. */
const SIDE = 3 * IMAGE_SIDE;
const CARD = 124;
const LINE = 16;
/** The longest answer, "automobile 100%", is wider than its picture. */
const CAPTION = 114;
const HEAD = 44;
/** Fewer columns than these are a telephone's. */
const NARROW = 5;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly question: PredictionsQuestion;
  readonly answer: TestAnswer;
}

/** Which nets are right together, and photographs of one such set with what each net says to them. */
export function ImagesDrawing({ nets, question, answer }: Props) {
  const chosen = setAmong(question, nets.length);
  const all = imagesOfSet(chosen, answer.labels, answer.nets);
  const pictures = picturesOf(answer);
  const there = all.filter((n) => pictures.has(n)).slice(0, MOST_SHOWN);
  const above = nets.length > 1 ? agreementHeight(nets.length) : 0;
  const cardHeight = SIDE + LINE + nets.length * LINE + 14;
  const layout = (width: number) => {
    const columns = Math.max(1, Math.floor((width + CARD - CAPTION) / CARD));
    // Rows are full, and few enough to be scrolled past.
    const most = columns * (columns < NARROW ? 6 : 3);
    const shown = there.slice(0, Math.min(most, there.length < columns ? columns : there.length - (there.length % columns))); // prettier-ignore
    return { columns, shown, height: above + HEAD + Math.ceil(shown.length / columns) * cardHeight };
  };
  const name = setName(chosen, nets);
  return (
    <Picture label={words.ofSet(name, all.length, all.length)} height={(width) => layout(width).height}>
      {(width) => {
        const { columns, shown } = layout(width);
        const apart = shown.length < columns ? CARD : (width - CAPTION) / Math.max(1, columns - 1);
        return (
          <>
            {above > 0 && <AgreementChart nets={nets} answer={answer} width={width} />}
            <text className="panel-title" x={0} y={above + 14}>
              {words.ofSet(name, shown.length, all.length)}
            </text>
            <text className="panel-tick" x={0} y={above + 31}>
              {words.markKey}
            </text>
            {shown.map((n, i) => (
              <Card
                key={n}
                nets={nets}
                answer={answer}
                image={n}
                url={pictures.get(n) ?? ''}
                x={(i % columns) * Math.min(apart, 1.3 * CARD)}
                y={above + HEAD + Math.floor(i / columns) * cardHeight}
              />
            ))}
          </>
        );
      }}
    </Picture>
  );
}

interface CardProps {
  readonly nets: readonly LookedAt[];
  readonly answer: TestAnswer;
  readonly image: number;
  readonly url: string;
  readonly x: number;
  readonly y: number;
}

/** A photograph, what it is of, and each net's answer. */
function Card({ nets, answer, image, url, x, y }: CardProps) {
  const label = answer.labels[image];
  return (
    <g transform={`translate(${x} ${y})`}>
      <image href={url} width={SIDE} height={SIDE} />
      <text className="panel-title" x={0} y={SIDE + LINE - 2}>
        {label === undefined ? '' : classNames[label]}
      </text>
      {nets.map(({ id, style }, i) => {
        const answered = answer.nets[i]?.classes[image];
        const confidence = answer.nets[i]?.confidences[image] ?? NaN;
        const isRight = answered === label;
        const baseline = SIDE + LINE + (i + 1) * LINE - 3;
        return (
          <g key={id}>
            <AnswerMark style={style} isRight={isRight} x={6} y={baseline - 4} />
            <text
              className="panel-tick"
              x={17}
              y={baseline}
              style={{ fill: isRight ? 'var(--ink)' : 'var(--soft)' }}
            >
              {hasAnswer(answered) ? words.sure(classNames[answered] ?? '', confidence) : words.noAnswer}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** The pictures that came with an answer, by their images' numbers. */
export const picturesOf = ({ pictures: { numbers, pixels } }: TestAnswer): ReadonlyMap<number, string> =>
  new Map(Array.from(numbers, (n, i) => [n, pngUrl(pixels.subarray(i * IMAGE_SIZE, (i + 1) * IMAGE_SIZE), IMAGE_SIDE)] as const)); // prettier-ignore
