import { useEffect, useRef, useState, type MouseEvent } from 'react';
import { createPortal } from 'react-dom';
import { useApp, useAppState } from '../AppContext.ts';
import { appBuild } from '../export/appBuild.ts';
import { pytorchScript } from '../export/pytorch/pytorchScript.ts';
import { runsToCsv } from '../export/runsCsv.ts';
import { runsToJson } from '../export/runsJson.ts';
import { momentOf, saveFile } from '../export/saveFile.ts';
import { lanes as laneWords } from '../messages/en.ts';
import { keeping as words } from '../messages/enExport.ts';
import type { AppState } from '../store/appStore.ts';
import { laneNames } from '../store/laneNames.ts';
import { readDraft } from '../store/readDraft.ts';
import type { Run } from '../store/run.ts';
import { LaneMark } from '../ui/Marker.tsx';
import { ImportSection } from './ImportSection.tsx';

/** Everything that can be taken from the page, and brought back to it. */
export function KeepingDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  // Outside of the button's surroundings, whose styles are not meant for it.
  return createPortal(
    <dialog ref={dialog} className="keeping" aria-labelledby="keeping-heading" onClose={onClose}>
      <h2 id="keeping-heading">{words.heading}</h2>
      <CurvesSection onSaved={setSaid} />
      <ScriptSection onSaved={setSaid} />
      <WeightsSection onSaved={setSaid} />
      <ImportSection />
      <p className="keeping-said" role="status">
        {said}
      </p>
      <button type="button" autoFocus onClick={() => dialog.current?.close()}>
        {words.close}
      </button>
    </dialog>,
    document.body,
  );
}

const trainedHere = ({ archive, training }: AppState) => [...archive.kept, ...training.runs];

interface SectionProps {
  readonly onSaved: (text: string) => void;
}

function CurvesSection({ onSaved }: SectionProps) {
  const { store } = useApp();
  const isEmpty = useAppState((state) => trainedHere(state).every((run) => run.step === 0));
  const save = (kind: 'csv' | 'json') => (event: MouseEvent) => {
    const { archive, trained, device } = store.getState();
    const runs = trainedHere(store.getState());
    const name = words.file[kind];
    if (kind === 'csv') saveFile(runsToCsv(runs), 'text/csv', name);
    else {
      const choice = device.kind === 'found' ? device.choice : null;
      const whole = {
        exported: momentOf(event),
        app: appBuild,
        device: choice,
        experiment: archive.kept.length > 0 ? null : trained,
        runs,
      };
      saveFile(runsToJson(whole), 'application/json', name);
    }
    onSaved(words.saved(name));
  };
  return (
    <section aria-labelledby="keeping-curves">
      <h3 id="keeping-curves">{words.curves}</h3>
      <Action label={words.csv} text={words.csvText} disabled={isEmpty} onClick={save('csv')} />
      <Action label={words.json} text={words.jsonText} disabled={isEmpty} onClick={save('json')} />
      <p className="field-hint">{isEmpty ? words.nothing : words.charts}</p>
    </section>
  );
}

function ScriptSection({ onSaved }: SectionProps) {
  const { store } = useApp();
  const isFaulty = useAppState(({ trained, draft }) => !trained && !readDraft(draft).experiment);
  const save = () => {
    const { trained, draft } = store.getState();
    const experiment = trained ?? readDraft(draft).experiment;
    if (!experiment) return;
    const names = laneNames(experiment.lanes, laneWords.difference);
    saveFile(pytorchScript(experiment, names), 'text/x-python', words.file.script);
    onSaved(words.saved(words.file.script));
  };
  return (
    <section aria-labelledby="keeping-script">
      <h3 id="keeping-script">{words.script}</h3>
      <Action
        label={words.pytorch}
        text={isFaulty ? words.faulty : words.pytorchText}
        disabled={isFaulty}
        onClick={save}
      />
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
      saveFile(await app.exportWeights(lane), 'application/octet-stream', file);
      onSaved(words.saved(file));
    } catch (error) {
      onSaved(words.failed(words.weightsOf(name), error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <section aria-labelledby="keeping-weights">
      <h3 id="keeping-weights">{words.weights}</h3>
      <p className="field-hint">{runs.length > 0 ? words.weightsText : words.nothing}</p>
      {runs.length > 0 && (
        <div className="keeping-lanes">
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

interface ActionProps {
  readonly label: string;
  readonly text: string;
  readonly disabled: boolean;
  readonly onClick: (event: MouseEvent) => void;
}

function Action({ label, text, disabled, onClick }: ActionProps) {
  return (
    <div className="keeping-action">
      <button type="button" disabled={disabled} onClick={onClick}>
        {label}
      </button>
      <p>{text}</p>
    </div>
  );
}
