import { useId, useMemo, useState } from 'react';
import { logs as words, summaryText } from '../messages/enLogs.ts';
import { ImportError } from '../export/readRunsJson.ts';
import { guessChoice, type ColumnChoice } from '../logs/columnChoice.ts';
import type { LogTable } from '../logs/logTable.ts';
import { runsFromLog } from '../logs/runsFromLog.ts';
import { summaryOf } from '../logs/summaryOf.ts';
import type { Run } from '../store/run.ts';
import { LaneMark } from '../ui/Marker.tsx';
import { LogColumns } from './LogColumns.tsx';
import '../styles/logs.css';

/** Rows of the file that are shown. */
const PREVIEW = 5;

interface Props {
  readonly file: string;
  readonly table: LogTable;
  readonly ordinal: number;
  readonly onAdd: (runs: readonly Run[]) => void;
  readonly onCancel: () => void;
}

/** Asks what the columns of a log mean, and shows what comes of the answer before it is drawn. */
export function LogChooser({ file, table, ordinal, onAdd, onCancel }: Props) {
  const id = useId();
  const [choice, setChoice] = useState(() => guessChoice(table));
  const { runs, fault } = useMemo(
    () => reading(table, choice, file, ordinal),
    [table, choice, file, ordinal],
  );
  return (
    <section className="log-chooser" aria-labelledby={id}>
      <h4 id={id}>{words.heading(file)}</h4>
      <Preview table={table} />
      <LogColumns table={table} choice={choice} onChange={setChoice} />
      <h4>{words.result}</h4>
      <div role="status">
        {fault !== null && <p className="field-fault">{fault}</p>}
        <ul className="log-runs">
          {runs.map((run) => (
            <li key={run.id}>
              <LaneMark style={run.style} />
              <span>
                <b>{run.name}</b> {summaryText(summaryOf(run))}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div className="log-actions">
        <button type="button" disabled={runs.length === 0} onClick={() => onAdd(runs)}>
          {words.add(runs.length)}
        </button>
        <button type="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </section>
  );
}

function reading(table: LogTable, choice: ColumnChoice, file: string, ordinal: number) {
  try {
    return { runs: runsFromLog(table, choice, file, ordinal), fault: null };
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    return { runs: [], fault: error.message };
  }
}

function Preview({ table: { header, rows } }: { table: LogTable }) {
  const shown = rows.slice(0, PREVIEW);
  const caption = words.preview(shown.length, rows.length);
  return (
    <div className="log-preview" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {header.map((name, i) => (
              <th key={i} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ line, fields }) => (
            <tr key={line}>
              {fields.map((field, i) => (
                <td key={i}>{field}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
