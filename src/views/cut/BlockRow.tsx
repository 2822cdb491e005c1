import { useState, type KeyboardEvent } from 'react';
import { useLayerChoice } from '../../app/inside/layerChoice.ts';
import { LaneMark } from '../../app/ui/Marker.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { cut as words } from './enCut.ts';
import { blockOfLayer, netBlocks } from './nets.ts';

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => Math.min(at + 1, count - 1),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** A net as a row of its blocks, each a button: one of them is in the order of Tab, arrow keys go to the others. */
export function BlockRow({
  net,
  pressed,
  onPress,
}: {
  readonly net: LookedAt;
  readonly pressed: readonly number[];
  readonly onPress: (block: number) => void;
}) {
  const { blocks } = netBlocks(net.model);
  const { layer } = useLayerChoice();
  const chosen = blockOfLayer(net.model, layer);
  const [current, setCurrent] = useState(Math.max(0, chosen));
  const inOrder = Math.min(current, blocks.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = step(inOrder, blocks.length);
    setCurrent(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="cut-net">
      <span className="cut-name">
        <LaneMark style={net.style} /> {net.name}
      </span>
      <div role="group" aria-label={words.row(net.name)} className="cut-blocks" onKeyDown={onKeyDown}>
        {blocks.map(({ stage, block, bypass }, i) => {
          const name = words.block(stage, block);
          const isFixed = bypass === null;
          return (
            <button
              key={i}
              type="button"
              className={block === 0 && i > 0 ? 'cut-first' : undefined}
              data-chosen={i === chosen || undefined}
              tabIndex={i === inOrder ? 0 : -1}
              aria-label={isFixed ? `${name}: ${words.fixed}` : name}
              title={isFixed ? `${name}: ${words.fixed}` : name}
              aria-pressed={isFixed ? undefined : pressed.includes(i)}
              aria-disabled={isFixed || undefined}
              onFocus={() => setCurrent(i)}
              onClick={() => !isFixed && onPress(i)}
            >
              {words.short(stage, block)}
            </button>
          );
        })}
      </div>
    </div>
  );
}
