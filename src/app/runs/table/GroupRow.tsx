import { Fragment, memo } from 'react';
import { useApp } from '../../state/hooks/AppContext.ts';
import { columns, runsTable as words } from './enRunsTable.ts';
import { cellText, spreadText } from './rowTexts.ts';
import type { ColumnKey } from './runFacts.ts';
import { placed, type RowPlace } from './rowPlace.ts';
import { spreadOf, valuesOf, type RowGroup } from './runsTable.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LaneMark } from '../../ui/Marker.tsx';
import { thumbnailOf } from '../asideRun.ts';
import { groupId } from '../allRuns.ts';
import { Spark } from '../looks/Spark.tsx';
import { useTable } from './tableContext.ts';

interface Props extends RowPlace {
  readonly group: RowGroup;
  readonly selected: boolean;
  readonly expanded: boolean;
  readonly hidden: boolean;
}

/** Repetitions of one configuration: the mean and the std of their results. Its runs stand below it. */
export const GroupRow = memo(function GroupRow({ group, selected, expanded, hidden, ...place }: Props) {
  const { key: groupKey, rows } = group;
  const app = useApp();
  const { keys, showsMoments, onSelect, onExpand, onShow } = useTable();
  const [first] = rows;
  const id = groupId(first.run);
  const name = words.groupName(first.run.name, rows.length);
  const ids = rows.map(({ run }) => run.id);
  // A mean of some of them would be no mean of the group.
  const aside = rows.flatMap(({ run }) => (run.summary === null ? [] : [run.id]));
  const isShown = !hidden && aside.length === 0;
  return (
    <tr {...placed(place)} data-group={id} data-kind="run" data-hidden={hidden}>
      <td role="cell" className="runs-lead">
        <label className="runs-check">
          <input
            type="checkbox"
            aria-label={words.select(name)}
            checked={selected}
            onChange={({ target }) => onSelect(ids, target.checked)}
          />
        </label>
        <IconButton
          icon={isShown ? 'eye' : 'hidden'}
          label={words.eye(name)}
          aria-pressed={isShown}
          onClick={() => {
            app.setHidden([id], isShown);
            if (aside.length > 0) onShow(aside);
          }}
        />
        <LaneMark style={first.run.style} />
      </td>
      {keys.map((key) =>
        key === 'name' ? (
          <Fragment key={key}>
            <th role="rowheader" scope="row">
              <IconButton
                icon={expanded ? 'collapse' : 'expand'}
                label={words.expand(first.run.name)}
                aria-expanded={expanded}
                onClick={() => onExpand(groupKey, !expanded)}
              />
              {name}
            </th>
            <td role="cell" className="runs-curve">
              <Spark
                className="runs-spark"
                width={72}
                height={22}
                lines={rows.map(({ run }) => ({ key: run.id, style: run.style, values: thumbnailOf(run) }))}
              />
            </td>
          </Fragment>
        ) : (
          <td role="cell" key={key} data-column={columns[key]}>
            {groupText(rows, key)}
          </td>
        ),
      )}
      {showsMoments && <td role="cell" data-column={words.momentsColumn} />}
      <td role="cell" className="runs-menu" />
    </tr>
  );
});

function groupText(rows: RowGroup['rows'], key: ColumnKey): string {
  switch (key) {
    case 'steps':
    case 'trainingError':
    case 'testError':
    case 'seconds':
    case 'speed':
      return spreadText(spreadOf(rows.map((row) => row[key])), key);
    case 'name':
    case 'state':
      return [...new Set(rows.map((row) => cellText(row, key)))].join(', ');
    case 'created':
      return cellText(rows.at(-1) ?? rows[0], key);
    default:
      return valuesOf(rows, key)
        .map((row) => cellText(row, key))
        .join(', ');
  }
}
