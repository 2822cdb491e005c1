import { useRef } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { useKey } from '../../ui/useKey.ts';
import { runsTable as words } from './enRunsTable.ts';

/** Which rows and columns of the table are shown. */
export interface TableView {
  readonly query: string;
  /** A state in words; empty for any. */
  readonly state: string;
  /** Empty for any. */
  readonly tag: string;
  readonly differencesOnly: boolean;
}

interface Props {
  readonly view: TableView;
  /** The states that there are, in words. */
  readonly states: readonly string[];
  /** The tags that there are. */
  readonly tags: readonly string[];
  readonly onChange: (view: TableView) => void;
}

export function RunsTools({ view, states, tags, onChange }: Props) {
  const app = useApp();
  const grouped = useAppState((state) => state.grouped);
  const density = useAppState((state) => state.view.density);
  const search = useRef<HTMLInputElement>(null);
  useKey('/', () => search.current?.focus());
  return (
    <div className="runs-tools">
      <input
        ref={search}
        type="search"
        aria-label={words.filter}
        aria-keyshortcuts="/"
        placeholder={words.filterHint}
        value={view.query}
        onChange={({ target }) => onChange({ ...view, query: target.value })}
      />
      <Choice
        label={words.stateFilter}
        any={words.anyState}
        options={states}
        chosen={view.state}
        onChoose={(state) => onChange({ ...view, state })}
      />
      {tags.length > 0 && (
        <Choice
          label={words.tagFilter}
          any={words.anyTag}
          options={tags}
          chosen={view.tag}
          onChoose={(tag) => onChange({ ...view, tag })}
        />
      )}
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
      <label className="field-check" title={words.allColumnsHint}>
        <input
          type="checkbox"
          checked={density === 'full'}
          onChange={({ target }) => app.setView({ density: target.checked ? 'full' : 'simple' })}
        />
        {words.allColumns}
      </label>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** What choosing none is called. */
  readonly any: string;
  readonly options: readonly string[];
  /** Empty for any. */
  readonly chosen: string;
  readonly onChoose: (option: string) => void;
}

function Choice({ label, any, options, chosen, onChoose }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value={options.includes(chosen) ? chosen : ''}
      onChange={({ target }) => onChoose(target.value)}
    >
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}
