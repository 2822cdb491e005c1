import { buildGraph } from '../../../model/graph.ts';
import type { ModelConfig } from '../../../model/config.ts';
import { blocksPerStage, isResidual } from '../../../model/depths.ts';

export interface BlockShape {
  readonly convolutions: number;
  /** The way around the block: none, as it is, or changed in shape. */
  readonly shortcut: 'none' | 'identity' | 'changed';
}

/** The blocks of the three stages, read from the graph. Throws RangeError for an impossible depth. */
export function stagesOf(model: ModelConfig): readonly (readonly BlockShape[])[] {
  const { layers } = buildGraph(model);
  return [1, 2, 3].map((stage) =>
    Array.from({ length: blocksPerStage(model.block, model.depth) }, (_, block) => {
      const own = layers.filter((layer) => layer.stage === stage && layer.block === block);
      const isAround = (layerName: string) => layerName.includes('.shortcut');
      const changed = own.some((layer) => isAround(layer.name));
      return {
        convolutions: own.filter((layer) => layer.kind === 'conv' && !isAround(layer.name)).length,
        shortcut: !isResidual(model.block) ? 'none' : changed ? 'changed' : 'identity',
      };
    }),
  );
}

/** A block in an svg: its convolutions as bars about the origin's height, from `x` on, and an arc for its shortcut. */
export function BlockDrawing({
  convolutions,
  shortcut,
  ...at
}: BlockShape & { x: number; pitch: number; height: number; color: string }) {
  const { x, pitch, height, color } = at;
  const room = pitch * 0.84;
  const bar = (room / convolutions) * 0.78;
  const top = -height / 2;
  const [from, to, over] = [x - pitch * 0.06, x + pitch * 0.88, top - 22];
  return (
    <>
      {Array.from({ length: convolutions }, (_, i) => (
        <rect
          key={i}
          x={x + (i * room) / convolutions}
          y={top}
          width={bar}
          height={height}
          rx={Math.min(2, bar / 3)}
          fill={color}
          opacity={i % 2 ? 0.55 : 0.9}
        />
      ))}
      {shortcut !== 'none' && (
        <path
          d={`M${from} 0C${from} ${over},${to} ${over},${to} 0`}
          fill="none"
          stroke={color}
          strokeWidth={pitch > 8 ? 1.4 : 0.8}
          strokeDasharray={shortcut === 'changed' ? '3 3' : undefined}
        />
      )}
    </>
  );
}
