import { useMemo } from 'react';
import { ColourKey, colourKeyHeight } from '../../app/inside/plot/ColourKey.tsx';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { plainNumber } from '../../app/ui/format.ts';
import { IMAGE_SIDE } from '../../model/dataset.ts';
import { gradCam as words } from './enGradCam.ts';
import type { GradCamQuestion, MapsAnswer } from './gradCam.ts';
import { Missing, MISSING_LINE, missingOf } from './Missing.tsx';
import { pixelsOf, scaleOfAll, scaleOfOne } from './scales.ts';
import { BETWEEN, tiled } from './tiled.ts';

const PHOTO = 3 * IMAGE_SIDE;
const HEAD = 24;
const NET = 40;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly question: GradCamQuestion;
  readonly answer: MapsAnswer;
}

/** The picture, and each net's maps of it as tiles. */
export function MapsDrawing({ nets, question, answer }: Props) {
  const shown = nets.flatMap((net, i) => {
    const own = answer.nets[i];
    if (!own) return [];
    const size = own.side * own.side;
    const maps = Array.from({ length: own.values.length / size }, (_, c) =>
      own.values.subarray(c * size, (c + 1) * size),
    );
    return [{ net, own, maps }];
  });
  const missing = missingOf(nets, question.layer);
  const isEach = question.scale === 'each';
  const scale = useMemo(() => scaleOfAll(answer.nets.flatMap((own) => (own ? [own.values] : []))), [answer]);
  const top = HEAD + PHOTO + 14 + missing.length * MISSING_LINE;
  const layout = (width: number) =>
    tiled(
      shown.map(({ maps }) => maps.length),
      width,
    );
  const end = (width: number) => top + layout(width).rows.reduce((sum, tall) => sum + NET + tall, 0);
  const round = (value: number) => plainNumber(Number(value.toPrecision(2)));
  const title = words.mapsTitle(words.ofLayer(question.layer), answer.image);
  return (
    <Picture label={title} height={(width) => end(width) + (shown.length > 0 ? colourKeyHeight + 18 : 0)}>
      {(width) => {
        const { columns, across, panelWidth, rows, size } = layout(width);
        return (
          <>
            <text className="panel-title" x={0} y={12}>
              {title}
            </text>
            <image
              href={pngUrl(answer.image.pixels, IMAGE_SIDE)}
              x={0}
              y={HEAD}
              width={PHOTO}
              height={PHOTO}
            />
            <text className="panel-tick" x={PHOTO + 12} y={HEAD + 12}>
              {words.imageTitle(answer.image)}
            </text>
            <Missing said={missing} x={0} y={HEAD + PHOTO + 6} />
            {shown.map(({ net, own, maps }, i) => {
              const row = Math.floor(i / columns);
              const left = (i % columns) * panelWidth;
              const y = top + rows.slice(0, row).reduce((sum, tall) => sum + NET + tall, 0);
              return (
                <g key={net.id} transform={`translate(${left} ${y})`}>
                  <NetKey nets={[net]} x={0} y={10} />
                  <text className="panel-tick" x={0} y={30}>
                    {words.mapsOf(own.layer, own.side, maps.length, own.channels)}
                  </text>
                  {maps.map((map, c) => {
                    const { pixel } = isEach ? scaleOfOne(map) : scale;
                    return (
                      <image
                        key={c}
                        href={pngUrl(pixelsOf(map, pixel), own.side)}
                        x={(c % across) * (size + BETWEEN)}
                        y={NET + Math.floor(c / across) * (size + BETWEEN)}
                        width={size}
                        height={size}
                        imageRendering="pixelated"
                      />
                    );
                  })}
                </g>
              );
            })}
            {shown.length > 0 && (
              <>
                <ColourKey
                  title={isEach ? words.mapScaleEach : words.mapScale}
                  colour={isEach ? scaleOfOne([0, 1]).colour : scale.colour}
                  ticks={
                    isEach
                      ? [{ share: 0, label: words.least }, { share: 1, label: words.greatest }] // prettier-ignore
                      : [{ share: 0, label: round(scale.from) }, ...(scale.from < 0 ? [{ share: 0.5, label: '0' }] : []), { share: 1, label: round(scale.to) }] // prettier-ignore
                  }
                  x={0}
                  y={end(width)}
                  width={Math.min(260, width)}
                />
                {!isEach && (
                  <text className="panel-tick" x={0} y={end(width) + colourKeyHeight + 10}>
                    {words.mapScaleEnd}
                  </text>
                )}
              </>
            )}
          </>
        );
      }}
    </Picture>
  );
}
