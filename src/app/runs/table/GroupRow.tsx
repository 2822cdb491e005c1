import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { columns, runsTable as words } from './enRunsTable.ts';
import { cellText, spreadText } from './rowTexts.ts';
import type { ColumnKey } from './runFacts.ts';
import { spreadOf, valuesOf, type RowGroup } from './runsTable.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LaneMark } from '../../ui/Marker.tsx';
import { RunRow } from './RunRow.tsx';
import { groupId } from '../allRuns.ts';

interface Props {
  readonly group: RowGroup;
  readonly keys: readonly ColumnKey[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[], on: boolean) => void;
  readonly expanded: boolean;
  readonly onExpand: (on: boolean) => void;
}

/** Repetitions of one configuration as one row, with the mean and the std of their results; the runs below it. */
export function GroupRow({ group: { rows }, keys, selected, onSelect, expanded, onExpand }: Props) {
  const app = useApp();
  const [first] = rows;
  const id = groupId(first.run);
  const isHidden = useAppState((state) => state.view.hidden.includes(id));
  const runRow = (row: (typeof rows)[number], inner: boolean) => (
    <RunRow
      key={row.run.id}
      row={row}
      keys={keys}
      selected={selected.has(row.run.id)}
      onSelect={(on) => onSelect([row.run.id], on)}
      inner={inner}
    />
  );
  if (rows.length === 1) return runRow(first, false);
  const name = words.groupName(first.run.name, rows.length);
  const ids = rows.map(({ run }) => run.id);
  return (
    <>
      <tr data-group={id} data-hidden={isHidden}>
        <td className="runs-lead">
          <input
            type="checkbox"
            aria-label={words.select(name)}
            checked={ids.every((run) => selected.has(run))}
            onChange={({ target }) => onSelect(ids, target.checked)}
          />
          <IconButton
            icon={isHidden ? 'hidden' : 'eye'}
            label={words.eye(name)}
            aria-pressed={!isHidden}
            onClick={() => app.setHidden([id], !isHidden)}
          />
          <LaneMark style={first.run.style} />
        </td>
        {keys.map((key) =>
          key === 'name' ? (
            <th key={key} scope="row">
              <IconButton
                icon={expanded ? 'collapse' : 'expand'}
                label={words.expand(first.run.name)}
                aria-expanded={expanded}
                onClick={() => onExpand(!expanded)}
              />
              {name}
            </th>
          ) : (
            <td key={key} data-column={columns[key]}>
              {groupText(rows, key)}
            </td>
          ),
        )}
      </tr>
      {expanded && rows.map((row) => runRow(row, true))}
    </>
  );
}

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
    default:
      return valuesOf(rows, key)
        .map((row) => cellText(row, key))
        .join(', ');
  }
}
