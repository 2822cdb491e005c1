import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { useApp, useAppState } from '../../app/state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../../app/state/training.ts';
import { readDraft } from '../../app/state/readDraft.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import { blocksPerStage } from '../../model/depths.ts';
import { grow as words } from './enGrow.ts';
import type { GrowAnswer, GrownNet, GrowQuestion } from './grow.ts';
import { trainOn } from './trainOn.ts';

const ROW = 96;
const BAR = 30;
const GAP = 14;

/** Each net before and after: a bar a layer, those that were added hollow. */
export function GrowDrawing({ nets, answer }: Answered<GrowQuestion, GrowAnswer>) {
  return (
    <>
      <Picture label={words.words.shows} height={() => ROW * answer.nets.length}>
        {(width) =>
          answer.nets.map((grown, i) => {
            const net = nets[i];
            return net && <GrownBars key={net.id} net={net} grown={grown} top={i * ROW} width={width} />;
          })
        }
      </Picture>
      {answer.nets.map((grown, i) => {
        const net = nets[i];
        return net && <TrainOn key={net.id} net={net} grown={grown} />;
      })}
    </>
  );
}

function GrownBars({
  net,
  grown,
  top,
  width,
}: {
  net: LookedAt;
  grown: GrownNet;
  top: number;
  width: number;
}) {
  const layers = (depth: number) => 2 * blocksPerStage('plain', depth);
  const [own, all] = [layers(grown.fromDepth), layers(grown.depth)];
  const pitch = (width - 2 * GAP) / (3 * all);
  const color = laneColor(net.style);
  return (
    <g transform={`translate(0 ${top})`}>
      <text x={0} y={14} className="panel-title">
        {`${net.name} → ${words.net(grown.depth)}`}
      </text>
      {[0, 1, 2].flatMap((stage) =>
        Array.from({ length: all }, (_, i) => {
          const isOwn = i < own;
          return (
            <rect
              key={`${stage} ${i}`}
              x={stage * (all * pitch + GAP) + i * pitch + 1}
              y={24}
              width={Math.max(1, pitch - 2)}
              height={BAR}
              fill={isOwn ? color : 'none'}
              stroke={color}
              strokeWidth={1}
            />
          );
        }),
      )}
      <g transform={`translate(0 ${24 + BAR + 18})`}>
        <rect x={0} y={-9} width={10} height={10} fill={color} />
        <text x={16} y={0}>
          {words.trained}
        </text>
        <rect x={84} y={-9} width={9} height={9} fill="none" stroke={color} />
        <text x={100} y={0}>
          {words.added}
        </text>
      </g>
    </g>
  );
}

function TrainOn({ net, grown }: { readonly net: LookedAt; readonly grown: GrownNet }) {
  const app = useApp();
  const isBusy = useAppState(({ training }) => isLive(phaseOf(training)));
  const hasRecipe = useAppState(({ draft }) => readDraft(draft).experiment !== null);
  return (
    <p>
      <button
        type="button"
        className="button-small"
        disabled={isBusy || !hasRecipe}
        onClick={() => trainOn(app, net.model, grown)}
      >
        {words.trainOn(net.name)}
      </button>{' '}
      <span className="field-hint">{isBusy ? words.busy : words.trainOnHint(grown.depth)}</span>
    </p>
  );
}
