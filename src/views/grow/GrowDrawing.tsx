import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { useApp, useAppState } from '../../app/state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../../app/state/training.ts';
import { readDraft } from '../../app/state/readDraft.ts';
import { laneColor } from '../../app/ui/Marker.tsx';
import { blocksPerStage } from '../../model/depths.ts';
import { grow as words } from './enGrow.ts';
import type { DeepNet, GrowAnswer, GrownNet, GrowQuestion } from './grow.ts';
import { trainOn } from './trainOn.ts';

const ROW = 116;
const LINE = 18;
const BAR = 30;
const GAP = 14;

/** Each net before and after: a bar a layer, those that were added hollow. One that has the layers already stands there for comparison. */
export function GrowDrawing({ nets, answer }: Answered<GrowQuestion, GrowAnswer>) {
  return (
    <>
      <Picture label={words.words.shows} height={() => ROW * answer.nets.length}>
        {(width) =>
          answer.nets.map((of, i) => {
            const net = nets[i];
            return net && <NetBars key={net.id} net={net} of={of} top={i * ROW} width={width} />;
          })
        }
      </Picture>
      {answer.nets.map((of, i) => {
        const net = nets[i];
        return net && of.kind === 'grown' && <TrainOn key={net.id} net={net} grown={of} />;
      })}
    </>
  );
}

function NetBars({
  net,
  of,
  top,
  width,
}: {
  readonly net: LookedAt;
  readonly of: GrownNet | DeepNet;
  readonly top: number;
  readonly width: number;
}) {
  const isGrown = of.kind === 'grown';
  const layers = (depth: number) => 2 * blocksPerStage('plain', depth);
  const [own, all] = [layers(of.fromDepth), layers(isGrown ? of.depth : of.fromDepth)];
  const pitch = (width - 2 * GAP) / (3 * all);
  const color = laneColor(net.style);
  return (
    <g transform={`translate(0 ${top})`}>
      <text x={0} y={14} className="panel-title">
        {isGrown ? words.title(net.name, words.net(of.depth)) : words.ownTitle(net.name)}
      </text>
      <text x={0} y={14 + LINE}>
        {isGrown ? words.errors(of.before, of.after) : words.error(of.before)}
      </text>
      {[0, 1, 2].flatMap((stage) =>
        Array.from({ length: all }, (_, i) => (
          <rect
            key={`${stage} ${i}`}
            x={stage * (all * pitch + GAP) + i * pitch + 1}
            y={24 + LINE}
            width={Math.max(1, pitch - 2)}
            height={BAR}
            fill={i < own ? color : 'none'}
            stroke={color}
            strokeWidth={1}
          />
        )),
      )}
      <g transform={`translate(0 ${24 + LINE + BAR + LINE})`}>
        <rect x={0} y={-9} width={10} height={10} fill={color} />
        <text x={16} y={0}>
          {words.trained}
        </text>
        {isGrown && (
          <>
            <rect x={84} y={-9} width={9} height={9} fill="none" stroke={color} />
            <text x={100} y={0}>
              {words.added}
            </text>
          </>
        )}
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
