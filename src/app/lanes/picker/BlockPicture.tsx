import type { Block } from '../../../model/depths.ts';

/** The convolutions of a block from left to right: kernel 3 or 1, and how many channels it works on. */
const convolutions: Readonly<Record<Block, readonly { readonly kernel: 1 | 3; readonly height: number }[]>> =
  {
    plain: [
      { kernel: 3, height: 22 },
      { kernel: 3, height: 22 },
    ],
    basic: [
      { kernel: 3, height: 22 },
      { kernel: 3, height: 22 },
    ],
    bottleneck: [
      { kernel: 1, height: 10 },
      { kernel: 3, height: 10 },
      { kernel: 1, height: 26 },
    ],
  };

const WIDTH = 96;
const MIDDLE = 34;
const PITCH = 24;

/** A block as a small picture: its convolutions on their way, and the way around them. */
export function BlockPicture({ block }: { block: Block }) {
  const bars = convolutions[block];
  const left = (WIDTH - (bars.length - 1) * PITCH) / 2;
  return (
    <svg className="block-picture" width={WIDTH} height="52" viewBox={`0 0 ${WIDTH} 52`} aria-hidden="true">
      <path d={`M4 ${MIDDLE}H${WIDTH - 4}`} className="block-way" />
      {block !== 'plain' && (
        <path d={`M10 ${MIDDLE}C10 2 ${WIDTH - 10} 2 ${WIDTH - 10} ${MIDDLE}`} className="block-shortcut" />
      )}
      {bars.map(({ kernel, height }, i) => {
        const width = kernel === 3 ? 13 : 6;
        return (
          <rect
            key={i}
            x={left + i * PITCH - width / 2}
            y={MIDDLE - height / 2}
            width={width}
            height={height}
            rx="2"
          />
        );
      })}
    </svg>
  );
}
