import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { runsTable as words } from './enRunsTable.ts';

/** Which rows and columns of the table are shown. */
export interface TableView {
  readonly query: string;
  /** A state in words; empty for any. */
  readonly state: string;
  readonly differencesOnly: boolean;
}

interface Props {
  readonly view: TableView;
  /** The states that there are, in words. */
  readonly states: readonly string[];
  readonly onChange: (view: TableView) => void;
}

export function RunsTools({ view, states, onChange }: Props) {
  const app = useApp();
  const grouped = useAppState((state) => state.grouped);
  return (
    <div className="runs-tools">
      <input
        type="search"
        aria-label={words.filter}
        placeholder={words.filterHint}
        value={view.query}
        onChange={({ target }) => onChange({ ...view, query: target.value })}
      />
      <select
        aria-label={words.stateFilter}
        value={states.includes(view.state) ? view.state : ''}
        onChange={({ target }) => onChange({ ...view, state: target.value })}
      >
        <option value="">{words.anyState}</option>
        {states.map((state) => (
          <option key={state}>{state}</option>
        ))}
      </select>
      <label className="field-check" title={words.differencesHint}>
        <input
          type="checkbox"
          checked={view.differencesOnly}
          onChange={({ target }) => onChange({ ...view, differencesOnly: target.checked })}
        />
        {words.differencesOnly}
      </label>
      <label className="field-check" title={words.groupHint}>
        <input type="checkbox" checked={grouped} onChange={({ target }) => app.setGrouped(target.checked)} />
        {words.group}
      </label>
    </div>
  );
}
