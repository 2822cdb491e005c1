import type { ModelConfig } from '../../../model/config.ts';
import { nets as words } from './enNets.ts';
import { BlockDrawing, stagesOf } from '../../ui/nets/BlockDrawing.tsx';
import { laneColor, laneTextColor } from '../../ui/Marker.tsx';
import { blocksPerStage, isResidual } from '../../../model/depths.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';

const WIDTH = 800;
const GAP = 20;
/** Room for an arc's foot in front of the first block. */
const FOOT = 3;
/** Blocks of a stage that can be told apart; of a deeper net so many are drawn, and the number is written. */
const MOST_BLOCKS = 40;
const WIDEST_BLOCK = 36;
/** Bar heights of the stages, for maps of 32, 16 and 8 pixels. */
const HEIGHTS = [34, 24, 16] as const;

/** The net as bars, one for each convolution on its way, and arcs for its shortcuts; read from its graph. */
export function NetDrawing({ model, style, name }: { model: ModelConfig; style: LaneStyle; name: string }) {
  const blocks = blocksPerStage(model.block, model.depth);
  const drawn = Math.min(blocks, MOST_BLOCKS);
  const pitch = Math.min(WIDEST_BLOCK, (WIDTH - FOOT - 2 * GAP) / (3 * drawn));
  const stages = stagesOf(model).map((stage) => stage.slice(0, drawn));
  const stageWidth = drawn * pitch + GAP;
  const isPlain = !isResidual(model.block);
  const middle = isPlain ? 24 : 38;
  const height = middle + (blocks > drawn ? 38 : 20);
  return (
    <figure className="net">
      <figcaption style={{ color: laneTextColor(style) }}>{name}</figcaption>
      <svg
        className="net-drawing"
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={words.picture(name, blocks, !isPlain)}
      >
        {stages.map((stage, s) => (
          <g key={s} transform={`translate(${FOOT + s * stageWidth} ${middle})`}>
            {stage.map((block, b) => (
              <BlockDrawing
                key={b}
                {...block}
                x={b * pitch}
                pitch={pitch}
                height={HEIGHTS[s] ?? 16}
                color={laneColor(style)}
              />
            ))}
            {blocks > drawn && (
              <text x={(drawn * pitch) / 2} y={34} textAnchor="middle">
                {words.more(blocks)}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}
