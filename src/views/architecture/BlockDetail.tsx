import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import { architecture as words } from './enArchitecture.ts';
import type { Unit } from './netPlan.ts';
import type { Place } from './places.ts';

export const DETAIL_HEIGHT = 150;
const BOTTOM = 144;
const MIDDLE = 94;
const BOX = 36;
/** Room for the shapes that come in and go out. */
const SIDE = 62;
/** How much a layer takes at most, from where on what follows it is named, and up to where it is not drawn. */
const WIDEST = 270;
const NAMED = 160;
const TIGHT = 90;
/** On a telephone, the shapes stand below. */
const TIGHT_SIDE = 34;
const NORM = 26;
const RELU = 40;
const PLUS = 18;
const GAP = 7;
/** Pixels of a letter, about. */
const LETTER = 6.4;

interface Props {
  readonly net: LookedAt;
  /** Where the block stands above; undefined where the net has none such. */
  readonly place: Place | undefined;
  readonly shown: Pick<Unit, 'section' | 'block'>;
  readonly chosen: string | null;
  readonly pointed: string | null;
  /** From where on it unfolds out of the row, and where it begins. */
  readonly from: number;
  readonly top: number;
  readonly width: number;
  readonly onPoint: (layer: string) => void;
  readonly onChoose: (layer: string) => void;
}

/** A block layer by layer: what goes through it, and what goes around. */
export function BlockDetail({ net, place, shown, from, top, width, ...rest }: Props) {
  if (!place) {
    return (
      <text className="panel-tick" x={30} y={top + 24}>
        {words.noBlock(net.name)}
      </text>
    );
  }
  const block =
    place.blocks.find((one) => one.section === shown.section && one.block === shown.block) ?? place.block;
  const { way, around } = block;
  const isTight = (width - 2 * SIDE) / Math.max(1, way.length) < TIGHT;
  const side = isTight ? TIGHT_SIDE : SIDE;
  const total = Math.min(width, 2 * side + way.length * WIDEST);
  const centre = place.x + place.width / 2;
  const left = Math.max(0, Math.min(width - total, centre - total / 2));
  const slot = (total - 2 * side) / Math.max(1, way.length);
  const isNamed = slot >= NAMED;
  const color = laneColor(net.style);
  const title =
    block.block >= 0
      ? words.block(block.section, block.block)
      : block.section === 0
        ? words.start
        : words.end;
  // Where a sum may stand is the same in every net: twins are drawn alike but for what differs.
  const slots = way
    .map((unit) => (isTight ? { ...unit, hasNorm: false, hasRelu: false } : unit))
    .map((unit, i) => ({
      unit,
      ...slotOf(unit, left + side + i * slot, slot, isNamed, block.block >= 0 && i === way.length - 1),
    }));
  const plus = slots.find(({ unit }) => unit.adds !== 'none')?.plus;
  const fork = left + side - GAP;
  const shapesAt = isTight ? BOTTOM - 5 : MIDDLE + 16;
  const [input, output] = [way[0]?.input, way.at(-1)?.output];
  return (
    <g>
      <path
        className="detail-fan"
        d={`M${place.x - 3} ${from}H${place.x + 0.9 * place.width + 3}L${left + total} ${top + 8}H${left}z`}
      />
      <g transform={`translate(0 ${top})`}>
        <rect className="detail-ground" x={left} y={6} width={total} height={BOTTOM - 6} rx={6} />
        <text className="panel-tick" x={left + 8} y={22}>
          {title}
        </text>
        <line className="panel-axis" x1={left + 6} x2={left + total - 6} y1={MIDDLE} y2={MIDDLE} />
        {input && (
          <text className="panel-tick" x={left + 4} y={shapesAt}>
            {words.shape(input)}
          </text>
        )}
        {output && (
          <text className="panel-tick" x={left + total - 4} y={shapesAt} textAnchor="end">
            {words.shape(output)}
          </text>
        )}
        {plus !== undefined && (
          <>
            <path
              d={`M${fork} ${MIDDLE}C${fork} ${MIDDLE - 80},${plus} ${MIDDLE - 80},${plus} ${MIDDLE - PLUS / 2}`}
              fill="none"
              stroke={color}
              strokeWidth={1.8}
              strokeDasharray={block.changesShape ? '3 3' : undefined}
            />
            <circle cx={fork} cy={MIDDLE} r={2.5} fill={color} />
          </>
        )}
        {plus !== undefined &&
          around.map((unit) => (
            <Around
              key={unit.name}
              unit={unit}
              x={(fork + plus) / 2}
              isNamed={isNamed}
              color={color}
              {...rest}
            />
          ))}
        {slots.map((one) => (
          <Slot key={one.unit.name} {...one} isNamed={isNamed} color={color} {...rest} />
        ))}
      </g>
    </g>
  );
}

/** Where a layer, and what follows it, stand. */
function slotOf(
  { hasNorm, hasRelu, adds }: Unit,
  x: number,
  slot: number,
  isNamed: boolean,
  isLast: boolean,
) {
  const sumWidth = isLast || adds !== 'none' ? PLUS : 0;
  const [normWidth, reluWidth] = isNamed ? [NORM, RELU] : [5, 5];
  const gap = isNamed ? GAP : 3;
  const rest =
    (hasNorm ? normWidth + gap : 0) + (hasRelu ? reluWidth + gap : 0) + (sumWidth > 0 ? sumWidth + gap : 0);
  const box = Math.min(130, slot - rest - GAP);
  // What is left over stands between this and the next.
  const begin = x + Math.max(0, slot - rest - GAP - box) / 2;
  const norm = begin + box + gap;
  const sum = norm + (hasNorm ? normWidth + gap : 0);
  const relu = sum + (sumWidth > 0 ? sumWidth + gap : 0);
  return { x: begin, box, norm, plus: sum + PLUS / 2, relu, normWidth, reluWidth };
}

interface Pointing {
  readonly chosen: string | null;
  readonly pointed: string | null;
  readonly onPoint: (layer: string) => void;
  readonly onChoose: (layer: string) => void;
}

const lookOf = (name: string, { chosen, pointed }: Pointing) =>
  name === chosen
    ? 'detail-box layer-chosen-box'
    : name === pointed
      ? 'detail-box layer-pointed-box'
      : 'detail-box';

function Slot({
  unit,
  x,
  box,
  norm,
  plus,
  relu,
  normWidth,
  reluWidth,
  isNamed,
  color,
  ...pointing
}: ReturnType<typeof slotOf> &
  Pointing & { readonly unit: Unit; readonly isNamed: boolean; readonly color: string }) {
  const { name, hasNorm, hasRelu, adds } = unit;
  const y = MIDDLE - BOX / 2;
  const fits = words.box(unit).length * LETTER + 8 <= box;
  return (
    <g
      className="detail-unit"
      onPointerEnter={() => pointing.onPoint(name)}
      onClick={() => pointing.onChoose(name)}
    >
      <rect className={lookOf(name, pointing)} x={x} y={y} width={box} height={BOX} rx={4} stroke={color} />
      <text x={x + box / 2} y={MIDDLE + 4} textAnchor="middle">
        {fits ? words.box(unit) : words.boxShort(unit)}
      </text>
      <text className="panel-tick" x={x + box / 2} y={MIDDLE + BOX / 2 + 15} textAnchor="middle">
        {name.split('.').at(-1)}
      </text>
      {hasNorm && <Chip x={norm} width={normWidth} text={isNamed ? words.norm : null} color={color} />}
      {adds !== 'none' && (
        <>
          <circle className="detail-plus" cx={plus} cy={MIDDLE} r={PLUS / 2} stroke={color} />
          <text x={plus} y={MIDDLE + 4} textAnchor="middle">
            {words.plus}
          </text>
        </>
      )}
      {hasRelu && <Chip x={relu} width={reluWidth} text={isNamed ? words.relu : null} color={color} />}
    </g>
  );
}

function Chip({
  x,
  width,
  text,
  color,
}: {
  readonly x: number;
  readonly width: number;
  readonly text: string | null;
  readonly color: string;
}) {
  return (
    <>
      <rect className="detail-chip" x={x} y={MIDDLE - 11} width={width} height={22} rx={2} stroke={color} />
      {text !== null && (
        <text className="panel-tick" x={x + width / 2} y={MIDDLE + 4} textAnchor="middle">
          {text}
        </text>
      )}
    </>
  );
}

function Around({
  unit,
  x,
  isNamed,
  color,
  ...pointing
}: Pointing & {
  readonly unit: Unit;
  readonly x: number;
  readonly isNamed: boolean;
  readonly color: string;
}) {
  const { name, kind, input, output, stride } = unit;
  const zeros = output.channels - input.channels;
  const text =
    kind === 'padShortcut'
      ? isNamed
        ? words.pad(zeros, stride)
        : words.padShort(zeros)
      : isNamed
        ? words.box(unit)
        : words.boxShort(unit);
  const width = text.length * LETTER + 16;
  return (
    <g
      className="detail-unit"
      onPointerEnter={() => pointing.onPoint(name)}
      onClick={() => pointing.onChoose(name)}
    >
      <rect
        className={lookOf(name, pointing)}
        x={x - width / 2}
        y={MIDDLE - 72}
        width={width}
        height={24}
        rx={4}
        stroke={color}
        strokeDasharray={kind === 'padShortcut' ? '3 3' : undefined}
      />
      <text x={x} y={MIDDLE - 56} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}
