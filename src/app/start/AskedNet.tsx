import { useState } from 'react';
import type { ModelConfig } from '../../model/config.ts';
import { BlockDrawing, stagesOf } from '../ui/nets/BlockDrawing.tsx';
import { laneColor } from '../ui/Marker.tsx';
import type { LaneStyle } from '../state/laneStyle.ts';
import type { Prediction } from '../state/place.ts';
import { photograph } from './enStart.ts';

/** Width of a block of two layers, in units of the drawing; the same for every net, so that depth is seen as length. */
const PITCH = 18;
const GAP = 10;
const HEIGHT = 72;
/** Bar heights of the stages, for maps of 32, 16 and 8 pixels. */
const HEIGHTS = [68, 48, 32] as const;
const CLASSES = 10;
/** The convolution before the stages, and the ten outputs behind them. */
const [STEM, OUTPUTS] = [PITCH / 2 + GAP, 8];

const widthOf = (blocks: number) => STEM + 3 * (blocks * PITCH + GAP) + OUTPUTS;

/**
 * A net with a photograph that goes into it, and a light that goes through its layers: start.css moves them. `longest` is the number
 * of blocks in a stage of the deepest net beside it.
 */
export function AskedNet({
  model,
  style,
  answer,
  longest,
}: {
  model: ModelConfig;
  style: LaneStyle;
  answer: Prediction;
  longest: number;
}) {
  const stages = stagesOf(model);
  const blocks = stages[0]?.length ?? 0;
  const width = widthOf(blocks);
  const color = laneColor(style);
  const outputs = width - OUTPUTS;
  return (
    <span className="start-net">
      <Photograph />
      <span className="start-layers">
        <span
          className="start-lit"
          data-answer={answer}
          style={{ width: `${(100 * width) / widthOf(longest)}%` }}
        >
          <svg viewBox={`0 ${-HEIGHT / 2} ${width} ${HEIGHT}`} aria-hidden="true">
            <rect x={0} y={-HEIGHTS[0] / 2} width={PITCH / 3} height={HEIGHTS[0]} rx={2} fill={color} />
            {stages.map((stage, s) =>
              stage.map((block, b) => (
                <BlockDrawing
                  key={`${s} ${b}`}
                  {...block}
                  x={STEM + s * (blocks * PITCH + GAP) + b * PITCH}
                  pitch={PITCH}
                  height={HEIGHTS[s] ?? HEIGHTS[2]}
                  color={color}
                />
              )),
            )}
            {Array.from({ length: CLASSES }, (_, i) => (
              <rect
                key={i}
                x={outputs}
                y={-25 + 5 * i}
                width={OUTPUTS}
                height={3.6}
                rx={1}
                fill="currentColor"
              />
            ))}
          </svg>
          <i className="start-veil" />
        </span>
      </span>
    </span>
  );
}

/** One of ten, in turn, and another of it that goes in. Its place is kept where it does not come. */
function Photograph() {
  const [isMissing, setIsMissing] = useState(false);
  const image = {
    src: 'datasets/cifar10/sample.png',
    width: 32,
    height: 320,
    onError: () => setIsMissing(true),
  };
  return (
    <span className="start-photograph">
      {!isMissing && (
        <>
          <span>
            <img {...image} alt={photograph} />
          </span>
          <span className="start-entering">
            <img {...image} alt="" />
          </span>
        </>
      )}
    </span>
  );
}
