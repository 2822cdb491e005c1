import { useCallback, useEffect, useState } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import type { RecordingEntry } from '../../../model/recording.ts';
import { recipeLine } from '../../runs/recipeLine.ts';
import { calendarDay } from '../../ui/format.ts';
import { TextWithTerms } from '../../ui/glossary/TextWithTerms.tsx';
import { recordings as words } from './enRecordings.ts';
import { recordedName as nameOf } from './loadRecorded.ts';
import { fetchRecording, readIndex, readRecording, recordedId } from './readRecordings.ts';

const aboutText = (entry: RecordingEntry) =>
  words.about(recipeLine(entry.config), entry, calendarDay(new Date(`${entry.date}T12:00:00`)));

/** The runs that come with the page, to be put behind those that train here. */
export function RecordingsList() {
  const app = useApp();
  const imported = useAppState((state) => state.imported);
  const [entries, setEntries] = useState<readonly RecordingEntry[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const attempt = async (action: () => Promise<void>) => {
    setFault(null);
    try {
      await action();
    } catch (error) {
      setFault(words.failed(error instanceof Error ? error.message : String(error)));
    }
  };
  const list = useCallback(() => {
    readIndex(fetchRecording).then(setEntries, (error: unknown) =>
      setFault(words.failed(error instanceof Error ? error.message : String(error))),
    );
  }, []);
  useEffect(list, [list]);

  const isShown = (entry: RecordingEntry) => imported.some((run) => run.id === recordedId(entry));
  const show = (wanted: readonly RecordingEntry[]) =>
    attempt(async () => {
      const runs = await Promise.all(
        wanted.map((entry) => readRecording(entry, nameOf(entry), fetchRecording)),
      );
      // One that was asked for twice while it was on its way is shown once.
      const here = app.store.getState().imported;
      app.addImported(runs.filter((run) => here.every((other) => other.id !== run.id)));
    });
  const remove = (unwanted: readonly RecordingEntry[]) => app.removeImported(unwanted.map(recordedId));

  return (
    <>
      <p className="field-hint">
        <TextWithTerms text={words.text} />
      </p>
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault}
        </p>
      )}
      {!entries && fault !== null && (
        <button
          type="button"
          className="button-small"
          onClick={() => {
            setFault(null);
            list();
          }}
        >
          {words.retry}
        </button>
      )}
      {!entries && fault === null && <p className="field-hint">{words.loading}</p>}
      {entries && (
        <>
          <p className="runs-tools">
            <button type="button" className="button-small" onClick={() => void app.watchRecorded(null)}>
              {words.watchAll}
            </button>
            <button
              type="button"
              className="button-small"
              onClick={() => {
                // Two seeds of four nets are eight lines: too many behind what trains.
                app.setGrouped(true);
                void show(entries.filter((entry) => !isShown(entry)));
              }}
            >
              {words.showAll}
            </button>
            <button type="button" className="button-small" onClick={() => remove(entries)}>
              {words.removeAll}
            </button>
          </p>
          <ul className="recordings">
            {entries.map((entry) => (
              <li key={entry.file}>
                <label className="field-check">
                  <input
                    type="checkbox"
                    aria-label={words.show(nameOf(entry))}
                    checked={isShown(entry)}
                    onChange={({ target }) => (target.checked ? void show([entry]) : remove([entry]))}
                  />
                  <b>{nameOf(entry)}</b>
                </label>
                <details>
                  <summary>{words.how}</summary>
                  <p className="field-hint">{aboutText(entry)}</p>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
