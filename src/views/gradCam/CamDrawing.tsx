import { contours } from 'd3-contour';
import { ColourKey, colourKeyHeight } from '../../app/inside/plot/ColourKey.tsx';
import { NetKey, netKeyMore } from '../../app/inside/plot/NetKey.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, Marker, markerOutlines } from '../../app/ui/Marker.tsx';
import { plainNumber } from '../../app/ui/format.ts';
import { IMAGE_SIDE } from '../../model/dataset.ts';
import { gradCam as words } from './enGradCam.ts';
import type { CamAnswer, GradCamQuestion, Heat, ShownImage } from './gradCam.ts';
import { heatFacts, large } from './heat.ts';
import { Missing, MISSING_LINE, missingOf } from './Missing.tsx';
import { pixelsOf, rising, risingPixel } from './scales.ts';

/** Three pixels of the page for one of the picture, where there is room. */
const TILE = 3 * IMAGE_SIDE;
const GAP = 6;
const APART = 28;
const TITLE = 20;
const MARKS = 16;
const LINE = 16;
/** Smaller only where even one card has no room. */
const LEAST_TILE = 80;
/** Words under a card of one net need as much. */
const LEAST_CARD = 190;
const KEY = 44;

interface Net {
  readonly net: LookedAt;
  readonly heats: readonly (Heat & { readonly field: Float64Array })[];
}

interface Props {
  readonly nets: readonly LookedAt[];
  readonly question: GradCamQuestion;
  readonly answer: CamAnswer;
}

/** A card a picture: the photograph with each net's outline, and each net's heat. */
export function CamDrawing({ nets, question, answer }: Props) {
  const shown = nets.flatMap((net, i): Net[] => {
    const own = answer.nets[i];
    return own ? [{ net, heats: own.heats.map((heat) => ({ ...heat, field: large(heat, own.side) })) }] : [];
  });
  const missing = missingOf(nets, question.layer);
  const highest = Math.max(0, ...shown.flatMap(({ heats }) => heats.map(({ field }) => heatFacts(field).highest).filter(Number.isFinite))); // prettier-ignore
  const isEach = question.scale === 'each';
  const title = words.camTitle(words.ofLayer(question.layer));
  const keyOf = (width: number) =>
    KEY +
    netKeyMore(
      shown.map(({ net }) => net),
      width,
    );
  const topOf = (width: number) => keyOf(width) + missing.length * MISSING_LINE;
  const cardHeight = (tile: number) => TITLE + MARKS + tile + shown.length * LINE + 18;
  const layout = (width: number) => {
    const tiles = shown.length + 1;
    const gaps = shown.length * GAP;
    const tileOf = (columns: number) =>
      Math.min(TILE, Math.floor(((width + APART) / columns - APART - gaps) / tiles));
    const isRoomy = (columns: number) =>
      tileOf(columns) >= LEAST_TILE && (width + APART) / columns - APART >= LEAST_CARD;
    const most = answer.images.length;
    const fit = Array.from({ length: most }, (_, i) => most - i).find(isRoomy) ?? 1;
    const rows = Math.ceil(most / fit);
    const columns = Math.ceil(most / rows);
    const tile = tileOf(columns);
    return { tile, card: Math.max(LEAST_CARD, tiles * tile + gaps), columns, rows };
  };
  const height = (width: number) => {
    const { tile, rows } = layout(width);
    const top = topOf(width);
    return shown.length === 0 ? top : top + rows * cardHeight(tile) + 2 * LINE + colourKeyHeight;
  };
  return (
    <Picture label={title} height={height}>
      {(width) => {
        const { tile, card, columns, rows } = layout(width);
        const top = topOf(width);
        const below = top + rows * cardHeight(tile);
        return (
          <>
            <text className="panel-title" x={0} y={12}>
              {title}
            </text>
            <NetKey nets={shown.map(({ net }) => net)} x={0} y={30} width={width} />
            <Missing said={missing} x={0} y={keyOf(width)} />
            {shown.length > 0 && (
              <>
                {answer.images.map((image, i) => (
                  <Card
                    key={image.number ?? 'own'}
                    image={image}
                    nets={shown}
                    at={i}
                    tile={tile}
                    highest={isEach ? null : highest}
                    x={(i % columns) * (card + APART)}
                    y={top + Math.floor(i / columns) * cardHeight(tile)}
                  />
                ))}
                <text className="panel-tick" x={0} y={below + 8}>
                  {width < 560 ? words.outlinesShort : words.outlines}
                </text>
                <text className="panel-tick" x={0} y={below + 8 + LINE}>
                  {width < 560 ? words.saidKeyShort : words.saidKey}
                </text>
                <ColourKey
                  title={isEach ? words.heatEach : words.heat}
                  colour={rising}
                  ticks={[
                    { share: 0, label: '0' },
                    { share: 1, label: isEach ? words.highest : plainNumber(Number(highest.toPrecision(3))) },
                  ]}
                  x={0}
                  y={below + 2 * LINE}
                  width={Math.min(260, width)}
                />
              </>
            )}
          </>
        );
      }}
    </Picture>
  );
}

interface CardProps {
  readonly image: ShownImage;
  readonly nets: readonly Net[];
  readonly at: number;
  readonly tile: number;
  /** The end of the scale; null: each picture's own. */
  readonly highest: number | null;
  readonly x: number;
  readonly y: number;
}

function Card({ image, nets, at, tile, highest, x, y }: CardProps) {
  const heats = nets.flatMap(({ net, heats: own }) => {
    const heat = own[at];
    return heat ? [{ net, heat, facts: heatFacts(heat.field) }] : [];
  });
  const tiles = TITLE + MARKS;
  return (
    <g transform={`translate(${x} ${y})`}>
      <text className="panel-title" x={0} y={13}>
        {words.imageTitle(image)}
      </text>
      <image href={pngUrl(image.pixels, IMAGE_SIDE)} x={0} y={tiles} width={tile} height={tile} />
      <g transform={`translate(0 ${tiles})`}>
        {heats.map(({ net, heat, facts }) => (
          <Outline
            key={net.id}
            field={heat.field}
            level={facts.highest / 2}
            tile={tile}
            color={laneColor(net.style)}
          />
        ))}
      </g>
      {heats.map(({ net, heat, facts }, i) => {
        const left = (i + 1) * (tile + GAP);
        const end = highest ?? facts.highest;
        const pixels = pixelsOf(heat.field, (value) => risingPixel(end > 0 ? value / end : value));
        const baseline = tiles + tile + (i + 1) * LINE;
        const isRight = image.label === null || heat.answer === image.label;
        return (
          <g key={net.id}>
            <Marker style={net.style} x={left + tile / 2} y={TITLE + MARKS / 2 - 1} />
            <image href={pngUrl(pixels, IMAGE_SIDE)} x={left} y={tiles} width={tile} height={tile} />
            <path
              d={markerOutlines[net.style.marker]}
              transform={`translate(6 ${baseline - 4})`}
              fill={isRight ? laneColor(net.style) : 'none'}
              stroke={laneColor(net.style)}
              strokeWidth={1.6}
            />
            <text className="panel-tick" x={17} y={baseline}>
              {heat.target === null
                ? words.className(null)
                : words.said(words.className(heat.target), heat.logit, heat.probability)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Around what is above a level; nothing where nothing is. */
function Outline({
  field,
  level,
  tile,
  color,
}: {
  readonly field: Float64Array;
  readonly level: number;
  readonly tile: number;
  readonly color: string;
}) {
  if (!(level > 0)) return null;
  const [region] = contours().size([IMAGE_SIDE, IMAGE_SIDE]).thresholds([level])(Array.from(field));
  const zoom = tile / IMAGE_SIDE;
  const point = ([x = 0, y = 0]: readonly number[]) => `${(zoom * x).toFixed(1)} ${(zoom * y).toFixed(1)}`;
  const path = (region?.coordinates ?? []).flat().map((ring) => `M${ring.map(point).join('L')}Z`).join(''); // prettier-ignore
  return (
    <>
      {/* Light below a dark colour, dark below a light one: it is seen on every photograph, and its colour is. */}
      <path className="cam-halo" d={path} fill="none" strokeOpacity={0.85} strokeWidth={4} />
      <path d={path} fill="none" stroke={color} strokeWidth={2} />
    </>
  );
}
