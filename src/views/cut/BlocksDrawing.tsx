import { scaleLinear } from 'd3-scale';
import { useLayerChoice } from '../../app/inside/layerChoice.ts';
import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Panel, panelMargin as margin, type PanelScale } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { tickLines } from '../../app/inside/plot/wrapped.ts';
import type { Answered, LookedAt } from '../../app/inside/view.ts';
import { laneColor, laneTextColor } from '../../app/ui/Marker.tsx';
import type { EditsAnswer, CutEdit, CutNet, CutQuestion } from './cut.ts';
import { cut as words } from './enCut.ts';
import { blockOfLayer, netBlocks } from './nets.ts';

const KEY = 26;
const NOTE = 18;
const PANEL = 200;
/** Pixels that a block's number takes at least. */
const NUMBER = 28;

/** The error by block removed, a panel a net, all on one scale; each stands below its row of blocks, as wide as that. */
export function BlocksDrawing({ nets, question, answer }: Answered<CutQuestion, EditsAnswer>) {
  const all = answer.nets.flatMap(({ error, edits }) => [
    error,
    ...edits.flatMap((edit) => [edit.error, edit.again ?? 0]),
  ]);
  const most = 100 * Math.max(...all, 0.01);
  const isNoBar = nets.some(({ model }) => netBlocks(model).blocks.some(({ bypass }) => bypass === null));
  const linesIn = (width: number) => tickLines([words.barKey(question.again, isNoBar)], width - margin.left);
  const keyOf = (width: number) => KEY + linesIn(width).length * NOTE;
  return (
    <Picture keyed={nets} label={words.words.shows} height={(width) => keyOf(width) + nets.length * PANEL}>
      {(width) => (
        <>
          <NetKey nets={nets} x={margin.left} y={12} />
          {linesIn(width).map((line, i) => (
            <text key={i} className="panel-tick" x={margin.left} y={34 + i * NOTE}>
              {line}
            </text>
          ))}
          {nets.map((net, i) => {
            const own = answer.nets[i];
            return (
              own && (
                <NetPanel
                  key={net.id}
                  net={net}
                  own={own}
                  pressed={question.pressed[i] ?? []}
                  most={most}
                  top={keyOf(width) + i * PANEL}
                  width={width}
                />
              )
            );
          })}
        </>
      )}
    </Picture>
  );
}

interface PanelProps {
  readonly net: LookedAt;
  readonly own: CutNet;
  readonly pressed: readonly number[];
  readonly most: number;
  readonly top: number;
  readonly width: number;
}

function NetPanel({ net, own, pressed, most, top, width }: PanelProps) {
  const { blocks } = netBlocks(net.model);
  const { layer } = useLayerChoice();
  const chosen = blockOfLayer(net.model, layer);
  const x = scaleLinear([0.5, blocks.length + 0.5], [margin.left, width - margin.right]);
  const y = scaleLinear([0, most], [top + PANEL - margin.bottom, top + margin.top]).nice();
  const axis: PanelScale = Object.assign((value: number) => x(value), {
    range: () => x.range(),
    ticks: () => [],
    tickFormat: () => String,
  });
  const isNumbered = x(2) - x(1) >= NUMBER;
  const starts = blocks.flatMap(({ block, stage }, i) => (block === 0 ? [{ at: i, stage }] : []));
  const isStandingOut = (at: number) => pressed.length === 0 || pressed.includes(at);
  return (
    <Panel title={words.error(net.name)} x={axis} y={y} xName={words.blockAxis} yTicks={4}>
      {starts.map(({ at, stage }, i) => {
        const end = starts[i + 1]?.at ?? blocks.length;
        return (
          <g key={stage}>
            {at > 0 && (
              <line className="panel-axis" x1={x(at + 0.5)} x2={x(at + 0.5)} y1={y(0)} y2={y(0) + 20} />
            )}
            {!isNumbered && (
              <text className="panel-tick" x={x((at + end + 1) / 2)} y={y(0) + 15} textAnchor="middle">
                {words.stage(stage)}
              </text>
            )}
          </g>
        );
      })}
      {isNumbered &&
        blocks.map(({ stage, block }, i) => (
          <text key={i} className="panel-tick" x={x(i + 1)} y={y(0) + 15} textAnchor="middle">
            {words.short(stage, block)}
          </text>
        ))}
      {own.edits.map((edit) => (
        <Bars
          key={edit.at}
          edit={edit}
          net={net}
          x={x}
          y={y}
          isLabelled={pressed.includes(edit.at)}
          opacity={isStandingOut(edit.at) ? 1 : 0.35}
        />
      ))}
      {blocks.map(({ bypass }, i) =>
        bypass === null ? (
          <text key={i} className="panel-tick" x={x(i + 1)} y={y(0) - 4} textAnchor="middle">
            {words.noBar}
          </text>
        ) : null,
      )}
      {chosen >= 0 && <path className="layer-mark" d={`M${x(chosen + 1)} ${y(0) + 1}l4 5h-8z`} />}
      <line
        x1={x(0.5)}
        x2={x(blocks.length + 0.5)}
        y1={y(100 * own.error)}
        y2={y(100 * own.error)}
        stroke="var(--ink)"
        strokeDasharray="4 3"
      />
    </Panel>
  );
}

interface BarsProps {
  readonly edit: CutEdit;
  readonly net: LookedAt;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly isLabelled: boolean;
  readonly opacity: number;
}

function Bars({ edit: { at, error, again }, net: { style }, x, y, isLabelled, opacity }: BarsProps) {
  const step = x(2) - x(1);
  const bars = [error, ...(again === null ? [] : [again])];
  // Beside each other, at most as wide as a thumb.
  const wide = Math.min(36, (0.8 * step) / bars.length);
  const left = x(at + 1) - (wide * bars.length) / 2;
  return (
    <g opacity={opacity}>
      {bars.map((share, i) => (
        <rect
          key={i}
          x={left + i * wide}
          y={y(100 * share)}
          width={wide}
          height={y(0) - y(100 * share)}
          fill={laneColor(style)}
          fillOpacity={i === 0 ? 1 : 0.3}
          stroke={laneColor(style)}
          strokeWidth={i === 0 ? 0 : 1}
        />
      ))}
      {isLabelled && (
        <text
          x={x(at + 1)}
          y={y(100 * Math.max(...bars)) - 5}
          textAnchor="middle"
          fill={laneTextColor(style)}
        >
          {bars.map((share) => words.percent(share)).join(' / ')}
        </text>
      )}
    </g>
  );
}
