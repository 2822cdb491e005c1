import { useId } from 'react';
import type { LogClient } from '../logClient.ts';
import type { LogOutline, LogReading } from '../logProtocol.ts';
import { imports as importWords } from '../../enImports.ts';
import { logNotes } from '../enLogNotes.ts';
import { logs as words, summaryText } from './enLogs.ts';
import type { Run } from '../../../state/run.ts';
import { LaneMark } from '../../../ui/Marker.tsx';
import { LogColumns } from './LogColumns.tsx';
import { useLogChoice } from './useLogChoice.ts';
import './logs.css';

/** Columns of the file that are shown. */
const SHOWN_COLUMNS = 30;

interface Props {
  readonly client: LogClient;
  /** As the file was first read. */
  readonly outline: LogOutline;
  readonly reading: LogReading;
  readonly onAdd: (runs: readonly Run[]) => void;
  readonly onCancel: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Asks what the columns of a log mean, and shows what comes of the answer before it is drawn. */
export function LogChooser({ client, onAdd, onCancel, onFault, ...first }: Props) {
  const id = useId();
  const { outline, choice, reading, isWaiting, choose, name } = useLogChoice(client, first, onFault);
  const { file, header } = outline;
  const { fault, offer, runs } = reading;
  const named = outline.naming.map((i) => outline.sourceHeader[i] ?? '');
  const notes = [...outline.notes, ...(named.length > 0 ? [logNotes.named(named)] : []), ...reading.notes];
  const draw = () => void client.take().then(onAdd, onFault);
  return (
    <section className="log-chooser" aria-labelledby={id}>
      <h4 id={id}>{words.heading(file)}</h4>
      <Preview {...outline} />
      <LogColumns outline={outline} choice={choice} reading={reading} onChange={choose} onName={name} />
      <h4>{words.result}</h4>
      <div role="status" aria-busy={isWaiting}>
        {isWaiting && <p className="field-hint">{importWords.interpreting}</p>}
        {fault !== null && <p className="field-fault">{fault}</p>}
        <ul className="log-runs">
          {runs.map((run) => (
            <li key={run.id}>
              <LaneMark style={run.style} />
              <span>
                <b>{run.name}</b> {summaryText(run.summary)}
              </span>
            </li>
          ))}
        </ul>
        {notes.length > 0 && (
          <ul className="log-notes" aria-label={words.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="log-actions">
        {offer && typeof offer.place === 'number' && (
          <button type="button" onClick={() => choose(offer)}>
            {words.offer(header[offer.place] ?? '')}
          </button>
        )}
        <button type="button" disabled={isWaiting || runs.length === 0} onClick={draw}>
          {words.add(runs.length)}
        </button>
        <button type="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </section>
  );
}

function Preview({ sourceHeader, preview, rows }: LogOutline) {
  const caption = words.preview(preview.length, rows);
  const more = sourceHeader.length - SHOWN_COLUMNS;
  return (
    <div className="log-preview" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {sourceHeader.slice(0, SHOWN_COLUMNS).map((name, i) => (
              <th key={i} scope="col">
                {name}
              </th>
            ))}
            {more > 0 && <th scope="col">{words.moreColumns(more)}</th>}
          </tr>
        </thead>
        <tbody>
          {preview.map(({ line, fields }) => (
            <tr key={line}>
              {fields.slice(0, SHOWN_COLUMNS).map((field, i) => (
                <td key={i}>{field}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
