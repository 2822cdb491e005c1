import { useLayoutEffect, useState } from 'react';
import { faultText } from '../experiment/form/faultText.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import type { LaneDraft } from '../state/draft.ts';
import { readDraft } from '../state/readDraft.ts';
import type { Run } from '../state/run.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/Field.tsx';
import { describeLanes } from './describeLanes.ts';
import { useOwnRun } from './useOwnRun.ts';
import { rename as words } from './enLaneMenu.ts';

interface Props {
  readonly lane: LaneDraft;
  /** Its present or last run. */
  readonly run: Run | null;
  readonly isLocked: boolean;
  readonly onClose: () => void;
}

const ID = 'rename-lane';

/** Asks for a name: the lane's, as far as it can be changed, and its run's. */
export function RenameLane({ lane, run: lastRun, isLocked, onClose }: Props) {
  const app = useApp();
  const draft = useAppState((state) => state.draft);
  const withName = (name: string) => draft.lanes.map((one) => (one.id === lane.id ? { ...one, name } : one));
  const nameOf = (lanes: readonly LaneDraft[]) =>
    describeLanes(lanes)[lanes.findIndex(({ id }) => id === lane.id)]!.name;
  const run = useOwnRun(lane, lastRun, isLocked);
  const automatic = nameOf(withName(''));
  const present = run?.name ?? nameOf(draft.lanes);
  const [written, setWritten] = useState(present === automatic ? '' : present);
  const { faults } = readDraft({ ...draft, lanes: withName(written) });
  const fault = faults.find(({ field }) => field === `${lane.id}.name`);

  useLayoutEffect(() => {
    // What a dialog hands the focus to.
    document.getElementById(ID)?.setAttribute('autofocus', '');
  }, []);
  const save = () => {
    const name = written.trim();
    app.editLane(lane.id, { name });
    if (run) app.renameRun(run.id, name || automatic);
    onClose();
  };

  return (
    <Dialog heading={words.heading(present)} onClose={onClose}>
      <form
        className="lane-rename"
        onSubmit={(event) => {
          event.preventDefault();
          if (!fault) save();
        }}
      >
        <TextField
          id={ID}
          label={words.label}
          inputMode="text"
          placeholder={automatic}
          value={written}
          fault={fault && faultText(fault)}
          hint={words.hint(automatic)}
          onChange={setWritten}
        />
        <button type="submit" disabled={fault !== undefined}>
          {words.save}
        </button>
      </form>
    </Dialog>
  );
}
