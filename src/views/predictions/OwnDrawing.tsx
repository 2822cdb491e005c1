import { scaleLinear } from 'd3-scale';
import { KeyWidth, NetKey, netKeyMore } from '../../app/inside/plot/NetKey.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import { wholePercent } from '../../app/ui/format.ts';
import { classNames, IMAGE_SIDE } from '../../model/dataset.ts';
import { predictions as words } from './enPredictions.ts';
import type { OwnAnswer } from './predictions.ts';

/** Each of its pixels is to be seen. */
const SIDE = 6 * IMAGE_SIDE;
const HEAD = 26;
const FOOT = 40;
const NAMES = 84;
const GAP = 32;
const BAR = 11;
const NUMBERS = 40;
/** Narrower, the bars stand below the picture. */
const BESIDE = 560;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly answer: OwnAnswer;
}

/** A picture as the nets get it, and what each of them takes it for. */
export function OwnDrawing({ nets, answer }: Props) {
  const { pixels, label } = answer;
  const sureOf = (c: number) => answer.nets.reduce((sum, own) => sum + (own[c] ?? 0), 0);
  const order = Array.from(classNames.keys()).toSorted((a, b) => sureOf(b) - sureOf(a) || a - b);
  const row = nets.length * BAR + 8;
  const bars = HEAD + 22 + order.length * row;
  const picture = HEAD + SIDE + FOOT;
  const leftOf = (width: number) => (width >= BESIDE ? SIDE + GAP : 0);
  const moreKey = (width: number) => netKeyMore(nets, width - leftOf(width));
  const height = (width: number) => {
    const all = bars + moreKey(width);
    return width < BESIDE ? picture + 8 + all : Math.max(picture, all);
  };
  return (
    <Picture label={words.ownTitle} height={height}>
      {(width) => {
        const isBeside = width >= BESIDE;
        const left = leftOf(width);
        const keyEnd = HEAD + 8 + moreKey(width);
        const top = isBeside ? 0 : picture + 8;
        const x = scaleLinear([0, 1], [0, Math.min(width - left, 640) - NAMES - NUMBERS]);
        return (
          <>
            <text className="panel-title" x={0} y={14}>
              {words.ownPicture}
            </text>
            <image
              href={pngUrl(pixels, IMAGE_SIDE)}
              x={0}
              y={HEAD}
              width={SIDE}
              height={SIDE}
              imageRendering="pixelated"
            />
            {label !== null && (
              <>
                <text className="panel-tick" x={0} y={HEAD + SIDE + 16}>
                  {words.ownClass(classNames[label] ?? '')}
                </text>
                <text className="panel-tick" x={0} y={HEAD + SIDE + 32}>
                  {words.bringOwn}
                </text>
              </>
            )}
            <g transform={`translate(${left} ${top})`}>
              <text className="panel-title" x={0} y={14}>
                {words.ownTitle}
              </text>
              <KeyWidth value={width - left}>
                <NetKey nets={nets} x={0} y={keyEnd} />
              </KeyWidth>
              {order.map((c, i) => {
                const y = keyEnd + 16 + i * row;
                return (
                  <g key={c}>
                    <text x={NAMES - 8} y={y + (nets.length * BAR) / 2 + 4} textAnchor="end">
                      {classNames[c]}
                    </text>
                    {nets.map((net, n) => {
                      const probability = answer.nets[n]?.[c] ?? NaN;
                      const length = Number.isFinite(probability) ? x(probability) : 0;
                      return (
                        <g key={net.id}>
                          <rect
                            x={NAMES}
                            y={y + n * BAR}
                            width={Math.max(1, length)}
                            height={BAR - 2}
                            rx={1}
                            fill={laneColor(net.style)}
                          />
                          {probability >= 0.005 && (
                            <text className="bar-number" x={NAMES + length + 5} y={y + n * BAR + 8}>
                              {wholePercent(probability)}
                            </text>
                          )}
                        </g>
                      );
                    })}
                  </g>
                );
              })}
            </g>
          </>
        );
      }}
    </Picture>
  );
}
