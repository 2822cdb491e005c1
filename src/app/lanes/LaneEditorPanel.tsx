import { useEffect, useId, useRef } from 'react';
import { useAppState } from '../state/hooks/AppContext.ts';
import type { LaneDraft } from '../state/draft.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { describeLanes } from './describeLanes.ts';
import { editor as words } from './enLaneMenu.ts';

/** Few change a lane. */
const LaneEditor = lazyPart('LaneEditor', () =>
  import('./LaneEditor.tsx').then((module) => module.LaneEditor),
);

interface Props {
  /** The lane whose editor it is; null, and nothing is shown. */
  readonly open: string | null;
  readonly onClose: () => void;
}

/** The editor of a lane of the strip. Nothing for a lane that is not there, or is part of what trains. */
export function LaneEditorPanel({ open, onClose }: Props) {
  const lanes = useAppState((state) => state.draft.lanes);
  const isLocked = useAppState(
    ({ training }) => isLive(phaseOf(training)) && training.runs.some(({ lane }) => lane === open),
  );
  const index = lanes.findIndex(({ id }) => id === open);
  const lane = lanes[index];
  if (!lane || isLocked) return null;
  return <Editor key={lane.id} lane={lane} name={describeLanes(lanes)[index]!.name} onClose={onClose} />;
}

/** The focus goes to its heading when it opens, and back to the chip when it closes (useLaneFocus). */
function Editor({ lane, name, onClose }: { lane: LaneDraft; name: string; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      className="lane-editor"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="lane-editor-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {words.heading(name)}
        </h2>
        <button type="button" className="button-small" onClick={onClose}>
          {words.close}
        </button>
      </div>
      <LaneEditor lane={lane} autoName={name} />
    </section>
  );
}
