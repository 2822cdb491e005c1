import type { PointerEvent } from 'react';
import type { LookedAt } from '../../app/inside/view.ts';
import { laneColor, laneTextColor, Marker } from '../../app/ui/Marker.tsx';
import { BlockDetail, DETAIL_HEIGHT } from './BlockDetail.tsx';
import type { Columns } from './columns.ts';
import { architecture as words } from './enArchitecture.ts';
import type { NetPlan, Unit } from './netPlan.ts';
import {
  arcsPath,
  barsOf,
  barsPath,
  IMAGE,
  MIDDLE,
  placeOf,
  placesOf,
  squaresPath,
  unitNear,
  type Place,
} from './places.ts';

/** Of the net's name and its row of blocks, and between two nets. */
const ROW = 104;
const GAP = 18;

export const rowHeight = (isUnfolded: boolean): number => ROW + GAP + (isUnfolded ? DETAIL_HEIGHT : 0);

interface Props {
  readonly net: LookedAt;
  readonly plan: NetPlan;
  readonly columns: Columns;
  /** A layer of the block that is unfolded. */
  readonly shown: Unit | null;
  readonly chosen: string | null;
  readonly pointed: string | null;
  readonly isUnfolded: boolean;
  readonly top: number;
  readonly width: number;
  readonly onPoint: (layer: string) => void;
  readonly onChoose: (layer: string) => void;
}

/** A net: its blocks from left to right, and below them the one that is unfolded. */
export function NetRow({ net, plan, columns, shown, isUnfolded, top, width, ...rest }: Props) {
  const { chosen, pointed, onPoint, onChoose } = rest;
  const color = laneColor(net.style);
  const places = placesOf(plan, columns);
  const at = shown ? placeOf(places, shown) : undefined;
  const end = places.at(-1);
  const nearest = ({ currentTarget, clientX }: PointerEvent<SVGRectElement>) =>
    unitNear(places, clientX - currentTarget.getBoundingClientRect().left);
  return (
    <g transform={`translate(0 ${top})`}>
      <line x1={0} x2={24} y1={10} y2={10} stroke={color} strokeWidth={2.8} />
      <Marker style={net.style} x={12} y={10} />
      <text x={30} y={14} fill={laneTextColor(net.style)} className="panel-title">
        {net.name}
      </text>
      {/* What it unfolds out of lies over it. */}
      {isUnfolded && shown && (
        <BlockDetail
          net={net}
          place={at}
          shown={shown}
          chosen={chosen}
          pointed={pointed}
          from={ROW - 16}
          top={ROW}
          width={width}
          onPoint={onPoint}
          onChoose={onChoose}
        />
      )}
      <line className="panel-axis" x1={IMAGE} x2={end ? end.x + end.width : width} y1={MIDDLE} y2={MIDDLE} />
      <rect className="net-image" x={0.5} y={MIDDLE - IMAGE / 2} width={IMAGE} height={IMAGE} />
      <Blocks places={places} color={color} />
      <text className="panel-tick" x={end ? end.x + end.width + 4 : width} y={MIDDLE + 4}>
        {words.classes(plan.units.at(-1)?.output.channels ?? 0)}
      </text>
      <Outline places={places} name={pointed} className="layer-pointed" />
      <Outline places={places} name={chosen} className="layer-chosen" />
      <rect
        className="layer-target"
        x={0}
        y={20}
        width={width}
        height={ROW - 20}
        onPointerMove={(event) => {
          const unit = nearest(event);
          if (unit) onPoint(unit.name);
        }}
        onClick={(event) => {
          const unit = unitNear(places, event.clientX - event.currentTarget.getBoundingClientRect().left);
          if (unit) onChoose(unit.name);
        }}
      />
    </g>
  );
}

function Blocks({ places, color }: { readonly places: readonly Place[]; readonly color: string }) {
  const around = places.filter(({ block }) => block.shortcut !== 'none');
  const changes = ({ block }: Place) => block.changesShape;
  const folded = places.filter(({ blocks }) => blocks.length > 1);
  const isFine = places.some(({ width, block }) => block.block >= 0 && width < 8);
  const lines = { fill: 'none', stroke: color, strokeWidth: isFine ? 0.8 : 1.5 };
  return (
    <>
      {folded.map(({ x, width, blocks }) => (
        <g key={x}>
          {[6, 3, 0].map((shift) => (
            <rect
              key={shift}
              className="net-folded"
              x={x + shift - 4}
              y={MIDDLE - 28 - shift}
              width={width - 10}
              height={52}
              rx={4}
            />
          ))}
          <text x={x + width / 2 - 6} y={MIDDLE + 37} textAnchor="middle">
            {words.times(blocks.length)}
          </text>
        </g>
      ))}
      <path d={barsPath(places, 0)} fill={color} opacity={0.9} />
      <path d={barsPath(places, 1)} fill={color} opacity={0.55} />
      <path {...lines} d={arcsPath(around.filter((place) => !changes(place)))} />
      <path {...lines} d={arcsPath(around.filter(changes))} strokeDasharray="2.5 2.5" />
      <path d={squaresPath(around.filter(({ block }) => block.shortcut === 'projected'))} fill={color} />
    </>
  );
}

/** Around the bar of a layer; around the block, of one on a shortcut. */
function Outline({
  places,
  name,
  className,
}: {
  readonly places: readonly Place[];
  readonly name: string | null;
  readonly className: string;
}) {
  if (name === null) return null;
  const place = places.find(({ blocks }) =>
    blocks.some(({ way, around }) => [...way, ...around].some((unit) => unit.name === name)),
  );
  if (!place) return null;
  const bars = barsOf(place);
  const bar = bars.find(({ unit }) => unit.name === name);
  const x = bar?.x ?? place.x;
  const width = bar?.width ?? 0.84 * place.width;
  const height = bar?.height ?? Math.max(...bars.map((one) => one.height));
  return (
    <rect
      className={className}
      x={x - 2}
      y={MIDDLE - height / 2 - 3}
      width={Math.max(5, width + 4)}
      height={height + 6}
      rx={2}
    />
  );
}
