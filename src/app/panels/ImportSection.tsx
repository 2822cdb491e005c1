import { useState, type ChangeEvent } from 'react';
import { useApp, useAppState } from '../AppContext.ts';
import { runsFromJson } from '../export/readRunsJson.ts';
import { readText } from '../export/readText.ts';
import type { LogTable } from '../logs/logTable.ts';
import { imports as words } from '../messages/enExport.ts';
import { lazyPart } from '../parts/lazyPart.tsx';
import { createPart } from '../parts/part.ts';
import type { Run } from '../store/run.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { LaneMark } from '../ui/Marker.tsx';
import { StartWeights } from './StartWeights.tsx';

/** Few import logs. */
const LogChooser = lazyPart('LogChooser', () =>
  import('./LogChooser.tsx').then((module) => module.LogChooser),
);
const logReader = createPart('logTable', () => import('../logs/logTable.ts'));

interface OpenLog {
  readonly file: string;
  readonly table: LogTable;
  readonly ordinal: number;
}

/** Runs out of files: what was saved here or elsewhere, shown faintly beside the page's own. */
export function ImportSection() {
  const app = useApp();
  const imported = useAppState((state) => state.imported);
  const [log, setLog] = useState<OpenLog | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [said, setSaid] = useState('');

  const add = (runs: readonly Run[], file: string) => {
    app.addImported(runs.map((run) => ({ ...run, name: words.importedName(run.name) })));
    setSaid(words.read(file, runs.length));
    setLog(null);
  };
  const reading = (read: (text: string, name: string) => Promise<void> | void) =>
    async function ({ target }: ChangeEvent<HTMLInputElement>) {
      const [file] = target.files ?? [];
      if (!file) return;
      setFault(null);
      setSaid('');
      setLog(null);
      try {
        await read(await readText(file), file.name);
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      }
      // The same file may be chosen once more, when it is mended.
      target.value = '';
    };
  const readJson = reading((text, name) => add(runsFromJson(text, name, app.nextImport()), name));
  const readLog = reading(async (text, name) => {
    logReader.retry();
    const { readLogTable } = await logReader.load();
    setLog({ file: name, table: readLogTable(text, name), ordinal: app.nextImport() });
  });

  return (
    <section aria-labelledby="keeping-import">
      <h3 id="keeping-import">{words.heading}</h3>
      <label className="keeping-file">
        <span>{words.choose}</span>
        <input type="file" accept=".json,application/json" onChange={(event) => void readJson(event)} />
      </label>
      <label className="keeping-file">
        <span>{words.chooseLog}</span>
        <input type="file" accept=".csv,.tsv,.txt,text/csv" onChange={(event) => void readLog(event)} />
      </label>
      <p className="field-hint">{words.text}</p>
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault} {words.safe}
        </p>
      )}
      {log && (
        <LogChooser
          key={log.ordinal}
          {...log}
          onAdd={(runs) => add(runs, log.file)}
          onCancel={() => setLog(null)}
        />
      )}
      <p className="keeping-said" role="status">
        {said}
      </p>
      {imported.length > 0 && (
        <ul className="keeping-imported">
          {imported.map((run) => (
            <li key={run.id}>
              <LaneMark style={run.style} />
              {run.name}
              <IconButton
                icon="remove"
                label={words.remove(run.name)}
                onClick={() => app.removeImported([run.id])}
              />
            </li>
          ))}
        </ul>
      )}
      <StartWeights />
    </section>
  );
}
