import { scaleLinear } from 'd3-scale';
import { Panel, panelMargin as margin } from '../../app/inside/plot/Panel.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { Answered } from '../../app/inside/view.ts';
import { laneColor, laneTextColor } from '../../app/ui/Marker.tsx';
import type { EditsAnswer, CutQuestion } from './cut.ts';
import { cut as words } from './enCut.ts';

const BAR = 20;
const GAP = 30;

/** Each net whole and without its pressed blocks, as bars that lie below each other. */
export function PressedDrawing({ nets, answer }: Answered<CutQuestion, EditsAnswer>) {
  const rows = nets.map((net, i) => {
    const own = answer.nets[i];
    const [edit] = own?.edits ?? [];
    const bars = [
      { name: words.whole, share: own?.error ?? null, opacity: 1 },
      { name: words.cut, share: edit?.error ?? null, opacity: 0.6 },
      { name: words.recounted, share: edit?.again ?? null, opacity: 0.3 },
    ].flatMap(({ share, ...bar }) => (share === null ? [] : [{ ...bar, share }]));
    return { net, bars };
  });
  const tall = rows.reduce((sum, { bars }) => sum + GAP + BAR * bars.length, 0);
  const tops = rows.map((_, i) =>
    rows.slice(0, i).reduce((top, { bars }) => top + GAP + BAR * bars.length, margin.top + GAP),
  );
  const most = 100 * Math.max(...rows.flatMap(({ bars }) => bars.map(({ share }) => share)), 0.01);
  return (
    <Picture label={words.words.shows} height={() => margin.top + tall + GAP + margin.bottom}>
      {(width, height) => {
        const x = scaleLinear([0, most], [margin.left, width - margin.right - 130]).nice();
        const y = Object.assign((value: number) => value, {
          range: () => [height - margin.bottom, margin.top],
          ticks: () => [],
          tickFormat: () => String,
        });
        return (
          <Panel title={words.errors} x={x} y={y} xName={words.errors}>
            {rows.map(({ net, bars }, i) => (
              <g key={net.id}>
                <text x={margin.left} y={tops[i]! - 7} fill={laneTextColor(net.style)}>
                  {net.name}
                </text>
                {bars.map(({ name, share, opacity }, bar) => (
                  <g key={name}>
                    <rect
                      x={x(0)}
                      y={tops[i]! + BAR * bar}
                      width={x(100 * share) - x(0)}
                      height={BAR - 3}
                      fill={laneColor(net.style)}
                      fillOpacity={opacity}
                      stroke={laneColor(net.style)}
                    />
                    <text className="panel-tick" x={x(100 * share) + 6} y={tops[i]! + BAR * bar + 13}>
                      {`${words.percent(share)} ${name}`}
                    </text>
                  </g>
                ))}
              </g>
            ))}
          </Panel>
        );
      }}
    </Picture>
  );
}
