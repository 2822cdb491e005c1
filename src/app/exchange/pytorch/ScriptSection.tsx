import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { pytorchScript } from './pytorchScript.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { difference } from '../../runs/looks/enLaneNames.ts';
import { exchange as words } from '../enExchange.ts';
import { saving } from '../../ui/enSaving.ts';
import { laneNames } from '../../runs/looks/laneNames.ts';
import { readDraft } from '../../state/readDraft.ts';
import { ExchangeAction } from '../ExchangeAction.tsx';

/** The experiment as a program for elsewhere. */
export function ScriptSection({ onSaved }: { onSaved: (text: string) => void }) {
  const { store } = useApp();
  const fault = useAppState(({ training, draft }) => {
    const experiment = training.experiment ?? readDraft(draft).experiment;
    if (!experiment) return words.faulty;
    return experiment.lanes.some(({ from }) => from) ? words.branches : null;
  });
  const save = () => {
    const { training, draft } = store.getState();
    const experiment = training.experiment ?? readDraft(draft).experiment;
    if (!experiment) return;
    const names = laneNames(experiment.lanes, difference);
    saveFile(pytorchScript(experiment, names), 'text/x-python', words.file.script);
    onSaved(saving.saved(words.file.script));
  };
  return (
    <section aria-labelledby="exchange-script">
      <h3 id="exchange-script">{words.script}</h3>
      <ExchangeAction
        label={words.pytorch}
        text={fault ?? words.pytorchText}
        disabled={fault !== null}
        onClick={save}
      />
    </section>
  );
}
