import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { BETWEEN, tiled } from './tiled.ts';

const HEAD = 40;

export interface TilesOfNet {
  readonly net: LookedAt;
  readonly said: string;
  /** Pixels along a tile's edge, and of each tile the colours, `[side, side, 3]`. */
  readonly side: number;
  readonly tiles: readonly Uint8Array[];
}

const layoutOf = (nets: readonly TilesOfNet[], width: number) =>
  tiled(
    nets.map(({ tiles }) => tiles.length),
    width,
  );

export const tilesHeight = (nets: readonly TilesOfNet[], width: number): number =>
  layoutOf(nets, width).rows.reduce((sum, tall) => sum + HEAD + tall, 0);

/** Each net's little pictures as tiles, below its name and what they are. */
export function NetTiles({ nets, width, top }: { nets: readonly TilesOfNet[]; width: number; top: number }) {
  const { columns, across, panelWidth, rows, size } = layoutOf(nets, width);
  return nets.map(({ net, said, side, tiles }, i) => {
    const y = top + rows.slice(0, Math.floor(i / columns)).reduce((sum, tall) => sum + HEAD + tall, 0);
    return (
      <g key={net.id} transform={`translate(${(i % columns) * panelWidth} ${y})`}>
        <NetKey nets={[net]} x={0} y={10} />
        <text className="panel-tick" x={0} y={30}>
          {said}
        </text>
        {tiles.map((pixels, c) => (
          <image
            key={c}
            href={pngUrl(pixels, side)}
            x={(c % across) * (size + BETWEEN)}
            y={HEAD + Math.floor(c / across) * (size + BETWEEN)}
            width={size}
            height={size}
            imageRendering="pixelated"
          />
        ))}
      </g>
    );
  });
}
