import { memo, useState } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { columns, runsTable as words } from './enRunsTable.ts';
import { cellText } from './rowTexts.ts';
import type { ColumnKey, RunFacts } from './runFacts.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LaneMark } from '../../ui/Marker.tsx';

interface Props {
  readonly row: RunFacts;
  readonly keys: readonly ColumnKey[];
  readonly selected: boolean;
  readonly onSelect: (on: boolean) => void;
  /** One of a group's. */
  readonly inner?: boolean;
}

/** One run. In a narrow window the cells stand below each other, each with its column's name. */
export function RunRow({ row, keys, selected, onSelect, inner = false }: Props) {
  const app = useApp();
  const { id, name, style } = row.run;
  const isHidden = useAppState((state) => state.view.hidden.includes(id));
  return (
    <tr data-run={id} data-hidden={isHidden} data-inner={inner}>
      <td className="runs-lead">
        <input
          type="checkbox"
          aria-label={words.select(name)}
          checked={selected}
          onChange={({ target }) => onSelect(target.checked)}
        />
        <IconButton
          icon={isHidden ? 'hidden' : 'eye'}
          label={words.eye(name)}
          aria-pressed={!isHidden}
          onClick={() => app.setHidden([id], !isHidden)}
        />
        <LaneMark style={style} />
      </td>
      <Cells row={row} keys={keys} />
    </tr>
  );
}

/** Drawn again only when the run has changed. */
const Cells = memo(function Cells({ row, keys }: Pick<Props, 'row' | 'keys'>) {
  return keys.map((key) =>
    key === 'name' ? (
      <th key={key} scope="row">
        <RunName id={row.run.id} name={row.run.name} />
      </th>
    ) : (
      <td key={key} data-column={columns[key]}>
        {cellText(row, key)}
      </td>
    ),
  );
});

/** The name, which becomes a field when it is pressed. Enter keeps what was written, Escape the old name. */
function RunName({ id, name }: { id: string; name: string }) {
  const app = useApp();
  const [written, setWritten] = useState<string | null>(null);
  if (written === null) {
    return (
      <button
        type="button"
        className="runs-name"
        title={words.renameHint}
        aria-label={words.rename(name)}
        onClick={() => setWritten(name)}
      >
        {name}
      </button>
    );
  }
  const end = () => {
    app.renameRun(id, written);
    setWritten(null);
  };
  return (
    <input
      className="runs-name"
      aria-label={words.rename(name)}
      maxLength={60}
      autoFocus
      onFocus={({ target }) => target.select()}
      value={written}
      onChange={({ target }) => setWritten(target.value)}
      onBlur={end}
      onKeyDown={({ key }) => {
        if (key === 'Enter') end();
        if (key === 'Escape') setWritten(null);
      }}
    />
  );
}
