import { NetKey } from '../../app/inside/plot/NetKey.tsx';
import { Picture } from '../../app/inside/plot/Picture.tsx';
import { pngUrl } from '../../app/inside/plot/pngUrl.ts';
import type { LookedAt } from '../../app/inside/view.ts';
import { gradCam as words } from './enGradCam.ts';
import type { FiltersAnswer, GradCamQuestion } from './gradCam.ts';
import { filtersOf } from './filters.ts';
import { BETWEEN, tiled } from './tiled.ts';

const HEAD = 54;
const NET = 40;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly question: GradCamQuestion;
  readonly answer: FiltersAnswer;
}

/** Each filter of the first layer as a picture of its weights for red, green and blue. */
export function FiltersDrawing({ nets, question, answer }: Props) {
  const shown = nets.flatMap((net, i) => {
    const own = answer.nets[i];
    return own ? [{ net, own, filters: filtersOf(own) }] : [];
  });
  const isEach = question.scale === 'each';
  const largest = (values: Float64Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = Math.max(...shown.map(({ own }) => largest(own.values)));
  const layout = (width: number) =>
    tiled(
      shown.map(({ filters }) => filters.length),
      width,
    );
  return (
    <Picture
      label={words.filtersTitle}
      height={(width) => HEAD + layout(width).rows.reduce((sum, tall) => sum + NET + tall, 0)}
    >
      {(width) => {
        const { columns, across, panelWidth, rows, size } = layout(width);
        return (
          <>
            <text className="panel-title" x={0} y={12}>
              {words.filtersTitle}
            </text>
            <text className="panel-tick" x={0} y={30}>
              {words.filterKey}
            </text>
            <text className="panel-tick" x={0} y={46}>
              {isEach ? words.filterScaleEach : words.filterScale(most)}
            </text>
            {shown.map(({ net, own, filters }, i) => {
              const row = Math.floor(i / columns);
              const y = HEAD + 8 + rows.slice(0, row).reduce((sum, tall) => sum + NET + tall, 0);
              return (
                <g key={net.id} transform={`translate(${(i % columns) * panelWidth} ${y})`}>
                  <NetKey nets={[net]} x={0} y={10} />
                  <text className="panel-tick" x={0} y={30}>
                    {words.filtersOf(own.layer, own.count, own.kernel)}
                  </text>
                  {filters.map((filter, f) => {
                    const end = isEach ? largest(filter) : most;
                    const pixels = Uint8Array.from(filter, (value) => Math.round(127.5 + 127.5 * (value / (end || 1)))); // prettier-ignore
                    return (
                      <image
                        key={f}
                        href={pngUrl(pixels, own.kernel)}
                        x={(f % across) * (size + BETWEEN)}
                        y={NET + Math.floor(f / across) * (size + BETWEEN)}
                        width={size}
                        height={size}
                        imageRendering="pixelated"
                      />
                    );
                  })}
                </g>
              );
            })}
          </>
        );
      }}
    </Picture>
  );
}
