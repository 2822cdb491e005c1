import { useState } from 'react';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { Unbroken } from '../ui/Unbroken.tsx';
import { questions, experiment as words } from './enExperiment.ts';
import { CopyLink } from './link/CopyLink.tsx';
import { LinkFaultNote } from './link/LinkFaultNote.tsx';
import { useExperiment } from './useExperiment.ts';

const PresetChooser = lazyPart('PresetChooser', () =>
  import('./presets/PresetChooser.tsx').then((module) => module.PresetChooser),
);

/** What the experiment asks, and the way to other questions. */
export function ExperimentTitle() {
  const app = useApp();
  const facts = useExperiment();
  const canUndo = useAppState((state) => state.replaced.length > 0);
  const locked = useAppState((state) => isLive(phaseOf(state.training)));
  const [chooses, setChooses] = useState(false);
  return (
    <div className="experiment-title">
      <LinkFaultNote />
      <h1 id="lab-heading" tabIndex={-1}>
        <Unbroken text={facts?.preset ? questions[facts.preset.id] : words.own} />
      </h1>
      <div className="experiment-actions">
        <button
          type="button"
          className="button-small"
          aria-haspopup="dialog"
          onClick={() => setChooses(true)}
        >
          {words.choose}
        </button>
        {canUndo && (
          <button
            type="button"
            className="button-small"
            title={words.undoHint}
            disabled={locked}
            onClick={() => app.undoReplace()}
          >
            {words.undo}
          </button>
        )}
        <CopyLink sound={facts !== null} />
      </div>
      {chooses && (
        <Dialog heading={words.chooseHeading} className="presets" onClose={() => setChooses(false)}>
          <PresetChooser onChosen={() => setChooses(false)} />
        </Dialog>
      )}
    </div>
  );
}
