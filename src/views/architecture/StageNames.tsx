import type { Columns } from './columns.ts';
import { architecture as words } from './enArchitecture.ts';
import type { NetPlan } from './netPlan.ts';

export const STAGES_HEIGHT = 30;
/** Pixels that the whole name of a stage takes. */
const NAME = 100;

/** Over the nets: where the image comes in, the stages, and where the classes come out. */
export function StageNames({
  plans,
  columns,
}: {
  readonly plans: readonly NetPlan[];
  readonly columns: Columns;
}) {
  return (
    <g>
      <text className="panel-tick" x={0} y={14}>
        {words.image}
      </text>
      {columns.stages.map(({ x, end }, i) => {
        const side = plans.flatMap(({ stages }) => stages[i]?.[0]?.way.at(-1)?.output.width ?? [])[0];
        if (side === undefined) return null;
        return (
          <g key={i}>
            <text className="panel-tick" x={(x + end) / 2} y={14} textAnchor="middle">
              {end - x >= NAME ? words.stage(i + 1, side) : words.stageShort(side)}
            </text>
            <line className="panel-axis" x1={x} x2={end} y1={21} y2={21} />
          </g>
        );
      })}
    </g>
  );
}
