import { useState, type ChangeEvent } from 'react';
import { useApp, useAppState } from '../AppContext.ts';
import { runsFromJson } from '../export/readRunsJson.ts';
import { imports as words } from '../messages/enExport.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { LaneMark } from '../ui/Marker.tsx';
import { StartWeights } from './StartWeights.tsx';

/** Runs out of files: what was saved here or elsewhere, shown faintly beside the page's own. */
export function ImportSection() {
  const app = useApp();
  const imported = useAppState((state) => state.imported);
  const [fault, setFault] = useState<string | null>(null);
  const [said, setSaid] = useState('');

  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    setFault(null);
    setSaid('');
    try {
      const runs = runsFromJson(await file.text(), file.name, app.nextImport());
      app.addImported(runs.map((run) => ({ ...run, name: words.importedName(run.name) })));
      setSaid(words.read(file.name, runs.length));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
    // The same file may be chosen once more, when it is mended.
    target.value = '';
  };

  return (
    <section aria-labelledby="keeping-import">
      <h3 id="keeping-import">{words.heading}</h3>
      <label className="keeping-file">
        <span>{words.choose}</span>
        <input type="file" accept=".json,application/json" onChange={(event) => void read(event)} />
      </label>
      <p className="field-hint">{words.text}</p>
      {fault !== null && (
        <p className="field-fault" role="alert">
          {fault} {words.safe}
        </p>
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
