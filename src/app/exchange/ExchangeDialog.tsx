import { useState, type MouseEvent } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { saveFile } from '../ui/saveFile.ts';
import { saveRuns } from '../runs/codec/saveRuns.ts';
import { exchange as words } from './enExchange.ts';
import { saving } from '../ui/enSaving.ts';
import { Boundary } from '../ui/parts/Boundary.tsx';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import type { Run } from '../state/run.ts';
import { trainedHere } from '../runs/savedRuns.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { LaneMark } from '../ui/Marker.tsx';
import { ExchangeAction } from './ExchangeAction.tsx';

/** What saves runs is there from the beginning, so that it works offline; the rest comes when it is asked for. */
const ScriptSection = lazyPart('ScriptSection', () =>
  import('./pytorch/ScriptSection.tsx').then((module) => module.ScriptSection),
);
const ArchiveSection = lazyPart('ArchiveSection', () =>
  import('./archive/ArchiveSection.tsx').then((module) => module.ArchiveSection),
);
const ImportSection = lazyPart('ImportSection', () =>
  import('./import/ImportSection.tsx').then((module) => module.ImportSection),
);

/** Everything that can be taken from the page, and brought back to it. */
export function ExchangeDialog({ onClose }: { onClose: () => void }) {
  const [said, setSaid] = useState('');
  return (
    <Dialog heading={words.heading} className="exchange" onClose={onClose}>
      <Boundary name="curves">
        <CurvesSection onSaved={setSaid} />
      </Boundary>
      <ArchiveSection onSaved={setSaid} />
      <Boundary name="weights">
        <WeightsSection onSaved={setSaid} />
      </Boundary>
      <p className="exchange-said" role="status">
        {said}
      </p>
      <ScriptSection onSaved={setSaid} />
      <ImportSection />
    </Dialog>
  );
}

interface SectionProps {
  readonly onSaved: (text: string) => void;
}

function CurvesSection({ onSaved }: SectionProps) {
  const app = useApp();
  const isEmpty = useAppState((state) => trainedHere(state).every((run) => run.step === 0));
  const save = (kind: 'csv' | 'json') => (event: MouseEvent) =>
    onSaved(saving.saved(saveRuns(app, kind, event)));
  return (
    <section aria-labelledby="exchange-curves">
      <h3 id="exchange-curves">{words.curves}</h3>
      <ExchangeAction label={words.csv} text={words.csvText} disabled={isEmpty} onClick={save('csv')} />
      <ExchangeAction label={words.json} text={words.jsonText} disabled={isEmpty} onClick={save('json')} />
      <p className="field-hint">{isEmpty ? words.nothing : words.charts}</p>
    </section>
  );
}

function WeightsSection({ onSaved }: SectionProps) {
  const app = useApp();
  // The list changes when a run gets or loses its weights, not with every step.
  const ids = useAppState(({ training }) =>
    training.runs
      .filter(hasWeights)
      .map((run) => run.id)
      .join(),
  );
  const runs = ids ? app.store.getState().training.runs.filter(hasWeights) : [];
  const save = async ({ lane, name }: Run) => {
    const file = words.file.weights(lane);
    try {
      const { file: bytes, step } = await app.exportWeights(lane);
      saveFile(bytes, 'application/octet-stream', file);
      onSaved(saving.savedAt(file, step));
    } catch (error) {
      onSaved(saving.failed(words.weightsOf(name), error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <section aria-labelledby="exchange-weights">
      <h3 id="exchange-weights">{words.weights}</h3>
      <p className="field-hint">{runs.length > 0 ? words.weightsText : words.nothing}</p>
      {runs.length > 0 && (
        <div className="exchange-lanes">
          {runs.map((run) => (
            <button
              key={run.id}
              type="button"
              aria-label={words.weightsOf(run.name)}
              onClick={() => void save(run)}
            >
              <LaneMark style={run.style} />
              {run.name}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

/** Whether the net was lost with its worker is known only to who asks for it. */
const hasWeights = (run: Run) => run.step > 0;
