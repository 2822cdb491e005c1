import { useEffect, useEffectEvent, type ChangeEvent } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { percent } from '../../ui/format.ts';
import { archiveWords } from '../archive/enArchiveSection.ts';
import { imports as words } from '../enImports.ts';
import { lazyPart } from '../../ui/parts/lazyPart.tsx';
import type { Run } from '../../state/run.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LaneMark } from '../../ui/Marker.tsx';
import { StartWeights } from './StartWeights.tsx';
import { useFileReader, type FileState } from './useFileReader.ts';

/** Few import logs. */
const LogChooser = lazyPart('LogChooser', () =>
  import('../logs/chooser/LogChooser.tsx').then((module) => module.LogChooser),
);

/** Runs out of files: what was saved here or elsewhere, shown faintly beside the page's own. */
export function ImportSection() {
  const app = useApp();
  const imported = useAppState((state) => state.imported);
  const add = (runs: readonly Run[], file: string) => {
    app.addImported(runs.map((run) => ({ ...run, name: words.importedName(run.name) })));
    return words.read(file, runs.length);
  };
  const { state, open, end, fail } = useFileReader(add, app.archives);
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (file) void open(file, app.nextImport());
    // The same file may be chosen once more, when it is mended.
    target.value = '';
  };
  useDroppedFile((file) => void open(file, app.nextImport()));

  return (
    <section aria-labelledby="exchange-import">
      <h3 id="exchange-import">{words.heading}</h3>
      <label className="exchange-file">
        <span>{words.choose}</span>
        <input type="file" accept=".json,.tar,application/json,application/x-tar" onChange={choose} />
      </label>
      <label className="exchange-file">
        <span>{words.chooseLog}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.log,.json,.jsonl,text/*,application/json"
          onChange={choose}
        />
      </label>
      <p className="field-hint">{words.text}</p>
      <p className="field-hint">{words.archiveText}</p>
      {state.kind === 'fault' && (
        <p className="field-fault" role="alert">
          {state.message} {words.safe}
        </p>
      )}
      {state.kind === 'reading' && <Progress {...state} onCancel={() => end(words.cancelled(state.file))} />}
      {state.kind === 'archive' && <Share file={state.file} share={state.share} onCancel={state.leave} />}
      {state.kind === 'log' && (
        <LogChooser
          key={state.log.ordinal}
          {...state.log}
          onAdd={(runs) => end(add(runs, state.log.outline.file))}
          onCancel={() => end('')}
          onFault={fail}
        />
      )}
      <p className="exchange-said" role="status">
        {state.kind === 'none' && state.said}
      </p>
      {imported.length > 0 && (
        <ul className="exchange-imported">
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

/**
 * Gives the first file that is dropped anywhere while this is shown: the browser would open it in the place of the page, or in a tab. Nobody
 * else hears of it.
 */
function useDroppedFile(give: (file: File) => void): void {
  const onDrop = useEffectEvent((event: DragEvent) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (file) give(file);
  });
  useEffect(() => {
    const take = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.type === 'drop') onDrop(event);
    };
    // Before the picture of a view behind the dialog, which takes what is dropped on the page.
    const kinds = ['dragover', 'drop'] as const;
    for (const kind of kinds) window.addEventListener(kind, take, true);
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, take, true);
    };
  }, []);
}

interface ShareProps {
  readonly file: string;
  readonly share: number;
  readonly onCancel: () => void;
}

function Share({ file, share, onCancel }: ShareProps) {
  const text = archiveWords.reading(file, percent(share));
  return (
    <div className="exchange-reading">
      <progress max={1} value={share} aria-label={text} />
      <span>{text}</span>
      <button type="button" onClick={onCancel}>
        {archiveWords.cancel}
      </button>
    </div>
  );
}

type Reading = Extract<FileState, { kind: 'reading' }>;

function Progress({ file, bytes, size, onCancel }: Reading & { readonly onCancel: () => void }) {
  const text = words.reading(file, bytes, size);
  return (
    <div className="exchange-reading">
      <progress max={size} value={bytes} aria-label={text} />
      <span>{text}</span>
      <button type="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </div>
  );
}
