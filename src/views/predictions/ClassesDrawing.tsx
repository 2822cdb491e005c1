import { scaleLinear } from 'd3-scale';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, Marker } from '../../app/ui/Marker.tsx';
import { plainNumber } from '../../app/ui/format.ts';
import { classErrorsOf, confusionOf } from '../../insights/predictions.ts';
import { classNames } from '../../model/dataset.ts';
import { predictions as words } from './enPredictions.ts';
import { picturesOf } from './ImagesDrawing.tsx';
import type { TestAnswer } from './predictions.ts';

const KEY = 30;
const ROW = 44;
const PHOTO = 36;
const LEFT = 130;
const RIGHT = 16;
const AXIS = 44;
/** Room between the nets' marks of one class. */
const APART = 9;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly answer: TestAnswer;
}

/** The error of each class, the hardest first, with one photograph of it. */
export function ClassesDrawing({ nets, answer }: Props) {
  const errors = answer.nets.map((own) => classErrorsOf(confusionOf(answer.labels, own, classNames.length)));
  const meanOf = (label: number) => errors.reduce((sum, own) => sum + (own[label]?.error ?? 0), 0);
  const order = Array.from(classNames.keys()).toSorted((a, b) => meanOf(b) - meanOf(a) || a - b);
  const pictures = picturesOf(answer);
  const most = Math.max(0.01, ...errors.flat().flatMap(({ error, deviation }) => (Number.isFinite(error) ? [error + deviation] : []))); // prettier-ignore
  const height = KEY + order.length * ROW + AXIS;
  return (
    <Picture keyed={nets} label={words.classError} height={() => height}>
      {(width) => {
        const x = scaleLinear([0, Math.min(1, most)], [LEFT, width - RIGHT]).nice();
        const bottom = KEY + order.length * ROW;
        return (
          <>
            <NetKey nets={nets} x={0} y={12} />
            {x.ticks(6).map((tick) => (
              <g key={tick}>
                <line className="panel-grid" x1={x(tick)} x2={x(tick)} y1={KEY} y2={bottom} />
                <text className="panel-tick" x={x(tick)} y={bottom + 16} textAnchor="middle">
                  {plainNumber(100 * tick)}
                </text>
              </g>
            ))}
            <text className="panel-tick" x={0} y={bottom + 34}>
              {words.classError}
            </text>
            {order.map((label, row) => {
              const middle = KEY + (row + 0.5) * ROW;
              const photo = pictures.get(answer.labels.indexOf(label));
              return (
                <g key={label}>
                  {photo !== undefined && (
                    <image href={photo} x={0} y={middle - PHOTO / 2} width={PHOTO} height={PHOTO} />
                  )}
                  <text x={PHOTO + 10} y={middle + 4}>
                    {classNames[label]}
                  </text>
                  {nets.map((net, i) => {
                    const own = errors[i]?.[label];
                    if (!own || !Number.isFinite(own.error)) return null;
                    const y = middle + (i - (nets.length - 1) / 2) * APART;
                    const colour = laneColor(net.style);
                    return (
                      <g key={net.id}>
                        <line
                          x1={x(Math.max(0, own.error - own.deviation))}
                          x2={x(Math.min(x.domain()[1] ?? 1, own.error + own.deviation))}
                          y1={y}
                          y2={y}
                          stroke={colour}
                          strokeWidth={1.5}
                        />
                        <Marker style={net.style} x={x(own.error)} y={y} />
                      </g>
                    );
                  })}
                </g>
              );
            })}
          </>
        );
      }}
    </Picture>
  );
}
