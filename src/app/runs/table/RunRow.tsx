import { memo } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { megabytes } from '../../ui/format.ts';
import { columns, runsTable as words } from './enRunsTable.ts';
import { cellText } from './rowTexts.ts';
import type { RunFacts } from './runFacts.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LaneMark } from '../../ui/Marker.tsx';
import { isElsewhere, thumbnailOf } from '../asideRun.ts';
import { Spark } from '../looks/Spark.tsx';
import { bytesOf } from '../storage/moments.ts';
import { wayTexts } from './lineageTexts.ts';
import { RunMenu } from './RunMenu.tsx';
import { RunName } from './RunName.tsx';
import { useTable } from './tableContext.ts';

interface Props {
  readonly row: RunFacts;
  readonly selected: boolean;
  readonly expanded: boolean;
  /** One of a group's. */
  readonly inner: boolean;
  /** Under how many runs it stands that it comes from. */
  readonly depth: number;
}

/** The cells of one run. In a narrow window they stand below each other, each with its column's name. */
export const RunCells = memo(function RunCells({ row, selected, expanded, inner, depth }: Props) {
  const app = useApp();
  const { run } = row;
  const { id, name, style } = run;
  const { keys, showsMoments, onSelect, onShow } = useTable();
  const isShown = useAppState((state) => run.summary === null && !state.view.hidden.includes(id));
  const elsewhere = isElsewhere(run);
  return (
    <>
      <td className="runs-lead" data-inner={inner}>
        <input
          type="checkbox"
          aria-label={words.select(name)}
          checked={selected}
          onChange={({ target }) => onSelect([id], target.checked)}
        />
        <IconButton
          icon={isShown ? 'eye' : 'hidden'}
          label={elsewhere ? words.elsewhere : words.eye(name)}
          aria-pressed={isShown}
          disabled={elsewhere}
          onClick={() => (isShown ? app.setHidden([id], true) : onShow([id]))}
        />
        <LaneMark style={style} />
      </td>
      {keys.map((key) =>
        key === 'name' ? (
          <NameCell key={key} row={row} expanded={expanded} depth={depth} />
        ) : (
          <td key={key} data-column={columns[key]}>
            {cellText(row, key)}
          </td>
        ),
      )}
      {showsMoments && <MomentsCell id={id} />}
      <td className="runs-menu">
        <RunMenu run={run} isShown={isShown} />
      </td>
    </>
  );
});

function NameCell({ row: { run }, expanded, depth }: Pick<Props, 'row' | 'expanded' | 'depth'>) {
  const { onExpand, onTag } = useTable();
  const { id, name, style, tags, note } = run;
  const way = wayTexts(run).at(-1);
  return (
    <>
      <th scope="row" data-depth={Math.min(depth, 4)}>
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
        {(way !== undefined || note !== '') && (
          <span className="runs-about">
            {way !== undefined && <span>{way}</span>}
            {note !== '' && <q>{note}</q>}
          </span>
        )}
      </th>
      <td className="runs-curve">
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

function MomentsCell({ id }: { id: string }) {
  const moments = useAppState((state) => state.moments.get(id)) ?? [];
  return (
    <td className="runs-moments" data-column={words.momentsColumn}>
      {moments.length > 0 && words.moments(moments.length, megabytes(bytesOf(moments)))}
    </td>
  );
}
