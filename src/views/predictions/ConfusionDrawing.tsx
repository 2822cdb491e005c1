import { interpolateViridis } from 'd3-scale-chromatic';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { integer } from '../../app/ui/format.ts';
import {
  classErrorsOf,
  confusionOf,
  errorOf,
  worstConfusion,
  type Confusion,
} from '../../insights/predictions.ts';
import { classNames } from '../../model/dataset.ts';
import { predictions as words } from './enPredictions.ts';
import { picturesOf } from './ImagesDrawing.tsx';
import { imagesOfConfusion } from './imageSets.ts';
import type { TestAnswer } from './predictions.ts';

const CLASSES = classNames.length;
const NAMES = 76;
const TOP = 84;
const GAP = 24;
/** Cells: large enough for two digits, and not larger than what is read at once. */
const LEAST = 17;
const MOST = 34;
const SCALE = 48;
/** Photographs of what is taken for something else most often. */
const PHOTO = 44;
const PHOTOS = PHOTO + 30;
/** The last class's name leans over its column. */
const LEAN = 14;
const SCALE_TICKS = [0, 0.02, 0.1, 0.25, 0.5, 1];

/** Small shares are what one looks for: the square root gives them more of the colours. */
const colourOf = (share: number) => interpolateViridis(Math.sqrt(share));
/** Viridis is dark below a half. */
const inkOn = (share: number) => (Math.sqrt(share) < 0.6 ? '#ffffff' : '#1d1c1a');

interface Props {
  readonly nets: readonly LookedAt[];
  readonly answer: TestAnswer;
}

/** What each class is taken for: a matrix for each net, on one scale. */
export function ConfusionDrawing({ nets, answer }: Props) {
  const count = nets.length;
  const pictures = picturesOf(answer);
  const layout = (width: number) => {
    const fit = Math.max(1, Math.floor((width + GAP) / (NAMES + CLASSES * LEAST + LEAN + GAP)));
    // Four in rows of two rather than of three.
    const columns = Math.ceil(count / Math.ceil(count / fit));
    const room = (width + GAP) / columns - GAP - NAMES - LEAN;
    const cell = Math.min(MOST, Math.max(LEAST, Math.floor(room / CLASSES)));
    const panel = { width: NAMES + CLASSES * cell + LEAN + GAP, height: TOP + CLASSES * cell + PHOTOS + 22 };
    return { columns, cell, panel, height: Math.ceil(count / columns) * panel.height + SCALE };
  };
  return (
    <Picture label={words.words.shows} height={(width) => layout(width).height}>
      {(width, height) => {
        const { columns, cell, panel } = layout(width);
        return (
          <>
            {nets.map((net, i) => {
              const own = answer.nets[i];
              if (!own) return null;
              const confusion = confusionOf(answer.labels, own, CLASSES);
              return (
                <g
                  key={net.id}
                  transform={`translate(${(i % columns) * panel.width} ${Math.floor(i / columns) * panel.height})`}
                >
                  <line x1={0} x2={24} y1={10} y2={10} stroke={laneColor(net.style)} strokeWidth={2.8} />
                  <Marker style={net.style} x={12} y={10} />
                  <text className="panel-title" x={30} y={14}>
                    {words.confusionTitle(
                      net.name,
                      errorOf(answer.labels, own),
                      confusion.unanswered.reduce((sum, count) => sum + count, 0),
                    )}
                  </text>
                  <Matrix confusion={confusion} cell={cell} />
                  <g transform={`translate(${NAMES} ${TOP + CLASSES * cell + 18})`}>
                    <Examples
                      answer={answer}
                      of={i}
                      confusion={confusion}
                      pictures={pictures}
                      width={CLASSES * cell}
                    />
                  </g>
                </g>
              );
            })}
            <g transform={`translate(${NAMES} ${height - SCALE + 8})`}>
              <ColourScale width={Math.min(220, width - NAMES - 10)} />
            </g>
          </>
        );
      }}
    </Picture>
  );
}

function Matrix({ confusion, cell }: { readonly confusion: Confusion; readonly cell: number }) {
  const errors = classErrorsOf(confusion);
  return (
    <g>
      <text className="panel-tick" x={NAMES - 6} y={TOP - 8} textAnchor="end">
        {words.truth}
      </text>
      <text className="panel-tick" x={NAMES} y={34}>
        {words.taken}
      </text>
      {classNames.map((name, c) => (
        <g key={name}>
          <text className="panel-tick" x={NAMES - 6} y={TOP + (c + 0.5) * cell + 4} textAnchor="end">
            {name}
          </text>
          <text
            className="panel-tick"
            transform={`translate(${NAMES + (c + 0.5) * cell + 3} ${TOP - 6}) rotate(-45)`}
          >
            {name}
          </text>
        </g>
      ))}
      {confusion.counts.flatMap((row, label) => {
        const images = errors[label]?.images ?? 0;
        return row.map((count, answered) => {
          const share = images === 0 ? 0 : count / images;
          return (
            <g key={`${label} ${answered}`}>
              <rect
                x={NAMES + answered * cell}
                y={TOP + label * cell}
                width={cell - 1}
                height={cell - 1}
                fill={colourOf(share)}
              />
              {share >= 0.005 && (
                <text
                  className="cell-number"
                  x={NAMES + (answered + 0.5) * cell - 0.5}
                  y={TOP + (label + 0.5) * cell + 3}
                  textAnchor="middle"
                  style={{ fill: inkOn(share) }}
                >
                  {integer(100 * share)}
                </text>
              )}
            </g>
          );
        });
      })}
    </g>
  );
}

/** The photographs behind the largest number beside the diagonal. */
function Examples({
  answer,
  of,
  confusion,
  pictures,
  width,
}: {
  readonly answer: TestAnswer;
  readonly of: number;
  readonly confusion: Confusion;
  readonly pictures: ReadonlyMap<number, string>;
  readonly width: number;
}) {
  const worst = worstConfusion(confusion);
  const own = answer.nets[of];
  if (!worst || !own) return null;
  const numbers = imagesOfConfusion(worst, answer.labels, own).filter((n) => pictures.has(n));
  return (
    <>
      <text className="panel-tick" x={0} y={0}>
        {words.examples(classNames[worst.label] ?? '', classNames[worst.answer] ?? '', worst.images)}
      </text>
      {numbers.slice(0, Math.floor((width + 6) / (PHOTO + 6))).map((n, i) => (
        <image key={n} href={pictures.get(n) ?? ''} x={i * (PHOTO + 6)} y={8} width={PHOTO} height={PHOTO} />
      ))}
    </>
  );
}

const STEPS = 44;

function ColourScale({ width }: { readonly width: number }) {
  const step = width / STEPS;
  return (
    <>
      {Array.from({ length: STEPS }, (_, i) => (
        <rect key={i} x={i * step} width={step + 0.5} height={8} fill={colourOf((i / (STEPS - 1)) ** 2)} />
      ))}
      {SCALE_TICKS.map((share) => (
        <text key={share} className="panel-tick" x={Math.sqrt(share) * width} y={20} textAnchor="middle">
          {integer(100 * share)}
        </text>
      ))}
      <text className="panel-tick" x={0} y={31}>
        {words.shareOfClass}
      </text>
    </>
  );
}
