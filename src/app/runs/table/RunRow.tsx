import { memo } from 'react';
import { useApp } from '../../state/hooks/AppContext.ts';
import type { Moment } from '../../state/keeping.ts';
import { megabytes } from '../../ui/format.ts';
import { columns, runsTable as words } from './enRunsTable.ts';
import { cellText } from './rowTexts.ts';
import type { RunFacts } from './runFacts.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LaneMark } from '../../ui/Marker.tsx';
import { thumbnailOf } from '../asideRun.ts';
import { isElsewhere } from '../isElsewhere.ts';
import { Spark } from '../looks/Spark.tsx';
import { bytesOf } from '../storage/moments.ts';
import { hasAbout } from './items.ts';
import { wayTexts } from './lineageTexts.ts';
import { placed, type RowPlace } from './rowPlace.ts';
import { RunMenu } from './RunMenu.tsx';
import { RunName } from './RunName.tsx';
import { useTable } from './tableContext.ts';

interface Props extends RowPlace {
  readonly row: RunFacts;
  readonly selected: boolean;
  readonly expanded: boolean;
  /** One of a group's. */
  readonly inner: boolean;
  /** Under how many runs it stands that it comes from. */
  readonly depth: number;
  readonly hidden: boolean;
  /** Whether it is drawn on the charts. */
  readonly shown: boolean;
  readonly moments: readonly Moment[] | undefined;
}

/** One run. In a narrow window its cells stand below each other, each with its column's name. */
export const RunRow = memo(function RunRow(props: Props) {
  const { row, selected, expanded, inner, depth, hidden, shown, moments, ...place } = props;
  const app = useApp();
  const { run } = row;
  const { id, name, style } = run;
  const { keys, showsMoments, onSelect, onShow } = useTable();
  const elsewhere = isElsewhere(run);
  return (
    <tr
      {...placed(place)}
      data-run={id}
      data-kind={hasAbout(run) ? 'about' : 'run'}
      data-aside={run.summary !== null}
      data-hidden={hidden}
    >
      <td role="cell" className="runs-lead" data-inner={inner}>
        <label className="runs-check">
          <input
            type="checkbox"
            aria-label={words.select(name)}
            checked={selected}
            onChange={({ target }) => onSelect([id], target.checked)}
          />
        </label>
        <IconButton
          icon={shown ? 'eye' : 'hidden'}
          label={elsewhere ? words.elsewhere : words.eye(name)}
          aria-pressed={shown}
          disabled={elsewhere}
          onClick={() => (shown ? app.setHidden([id], true) : onShow([id]))}
        />
        <LaneMark style={style} />
      </td>
      {keys.map((key) =>
        key === 'name' ? (
          <NameCell key={key} row={row} expanded={expanded} depth={depth} />
        ) : (
          <td role="cell" key={key} data-column={columns[key]}>
            {cellText(row, key)}
          </td>
        ),
      )}
      {showsMoments && <MomentsCell moments={moments} />}
      <td role="cell" className="runs-menu">
        <RunMenu run={run} isShown={shown} />
      </td>
    </tr>
  );
});

function NameCell({ row: { run }, expanded, depth }: Pick<Props, 'row' | 'expanded' | 'depth'>) {
  const { onExpand, onTag } = useTable();
  const { id, name, style, tags, note } = run;
  const way = wayTexts(run).at(-1);
  return (
    <>
      <th role="rowheader" scope="row" data-depth={Math.min(depth, 4)}>
        <IconButton
          icon={expanded ? 'collapse' : 'expand'}
          label={words.details(name)}
          aria-expanded={expanded}
          onClick={() => onExpand(id, !expanded)}
        />
        <RunName id={id} name={name} isFixed={isElsewhere(run)} />
        {tags.map((tag) => (
          <button
            key={tag}
            type="button"
            className="runs-tag"
            title={words.ofTag(tag)}
            onClick={() => onTag(tag)}
          >
            {tag}
          </button>
        ))}
        {hasAbout(run) && (
          <span className="runs-about">
            {way !== undefined && <span>{way}</span>}
            {note !== '' && <q>{note}</q>}
          </span>
        )}
      </th>
      <td role="cell" className="runs-curve">
        <Spark
          className="runs-spark"
          width={72}
          height={22}
          lines={[{ key: id, style, values: thumbnailOf(run) }]}
        />
      </td>
    </>
  );
}

function MomentsCell({ moments = [] }: { moments: readonly Moment[] | undefined }) {
  return (
    <td role="cell" className="runs-moments" data-column={words.momentsColumn}>
      {moments.length > 0 && words.moments(moments.length, megabytes(bytesOf(moments)))}
    </td>
  );
}
