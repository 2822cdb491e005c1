import { Picture } from '../../app/inside/plot/Picture.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { gradCam as words } from './enGradCam.ts';
import type { FiltersAnswer, GradCamQuestion } from './gradCam.ts';
import { filtersOf } from './filters.ts';
import { NetTiles, tilesHeight } from './NetTiles.tsx';

const HEAD = 62;

interface Props {
  readonly nets: readonly LookedAt[];
  readonly question: GradCamQuestion;
  readonly answer: FiltersAnswer;
}

/** Each filter of the first layer as a picture of its weights for red, green and blue. */
export function FiltersDrawing({ nets, question, answer }: Props) {
  const isEach = question.scale === 'each';
  const largest = (values: Float64Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = Math.max(...answer.nets.map(({ values }) => largest(values)));
  const pixelsOf = (filter: Float64Array) => {
    const end = isEach ? largest(filter) : most;
    return Uint8Array.from(filter, (value) => Math.round(127.5 + 127.5 * (value / (end || 1))));
  };
  const shown = nets.flatMap((net, i) => {
    const own = answer.nets[i];
    if (!own) return [];
    const said = words.filtersOf(own.layer, own.count, own.filters, own.kernel);
    return [{ net, said, side: own.kernel, tiles: filtersOf(own).map(pixelsOf) }];
  });
  return (
    <Picture label={words.filtersTitle} height={(width) => HEAD + tilesHeight(shown, width)}>
      {(width) => (
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
          <NetTiles nets={shown} width={width} top={HEAD} />
        </>
      )}
    </Picture>
  );
}
