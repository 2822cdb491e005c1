import { useMemo } from 'react';
import { ColourKey, colourKeyHeight } from '../../app/inside/plot/ColourKey.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import { TITLE_LETTER, wrapped } from '../../app/inside/plot/wrapped.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { plainNumber } from '../../app/ui/format.ts';
import { IMAGE_SIDE } from '../../model/dataset.ts';
import { gradCam as words } from './enGradCam.ts';
import type { GradCamQuestion, MapsAnswer } from './gradCam.ts';
import { Missing, MISSING_LINE, missingOf } from './Missing.tsx';
import { NetTiles, tilesHeight } from './NetTiles.tsx';
import { pixelsOf, scaleOfAll, scaleOfOne } from './scales.ts';

const PHOTO = 3 * IMAGE_SIDE;
const HEAD = 24;
/** Height of a further line of the title. */
const LINE = 15;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly question: GradCamQuestion;
  readonly answer: MapsAnswer;
}

/** The picture, and each net's maps of it as tiles. */
export function MapsDrawing({ nets, question, answer }: Props) {
  const isEach = question.scale === 'each';
  const scale = useMemo(() => scaleOfAll(answer.nets.flatMap((own) => (own ? [own.values] : []))), [answer]);
  const shown = nets.flatMap((net, i) => {
    const own = answer.nets[i];
    if (!own) return [];
    const size = own.side * own.side;
    const tiles = Array.from({ length: own.values.length / size }, (_, c) => {
      const map = own.values.subarray(c * size, (c + 1) * size);
      return pixelsOf(map, (isEach ? scaleOfOne(map) : scale).pixel);
    });
    return [
      { net, said: words.mapsOf(own.layer, own.side, tiles.length, own.channels), side: own.side, tiles },
    ];
  });
  const missing = missingOf(nets, question.layer);
  const title = words.mapsTitle(words.ofLayer(question.layer), answer.image);
  const titleIn = (width: number) => wrapped(title, Math.floor(width / TITLE_LETTER));
  const headOf = (width: number) => HEAD + (titleIn(width).length - 1) * LINE;
  const topOf = (width: number) => headOf(width) + PHOTO + 14 + missing.length * MISSING_LINE;
  const end = (width: number) => topOf(width) + tilesHeight(shown, width);
  const round = (value: number) => plainNumber(Number(value.toPrecision(2)));
  return (
    <Picture label={title} height={(width) => end(width) + (shown.length > 0 ? colourKeyHeight + 18 : 0)}>
      {(width) => {
        const head = headOf(width);
        return (
          <>
            {titleIn(width).map((line, i) => (
              <text key={i} className="panel-title" x={0} y={12 + i * LINE}>
                {line}
              </text>
            ))}
            <image
              href={pngUrl(answer.image.pixels, IMAGE_SIDE)}
              x={0}
              y={head}
              width={PHOTO}
              height={PHOTO}
            />
            <text className="panel-tick" x={PHOTO + 12} y={head + 12}>
              {words.imageTitle(answer.image)}
            </text>
            <Missing said={missing} x={0} y={head + PHOTO + 6} />
            <NetTiles nets={shown} width={width} top={topOf(width)} />
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
