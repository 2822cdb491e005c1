import { useMemo, useState } from 'react';
import { useAppState, useSlowAppState } from '../../state/hooks/AppContext.ts';
import { sameItems } from '../../state/sameItems.ts';
import type { Run } from '../../state/run.ts';
import { size, smallSize } from '../../ui/format.ts';
import { listedRuns } from '../allRuns.ts';
import { curveBytes } from '../asideRun.ts';
import { storage as words } from './enStorage.ts';
import { FreeSpaceDialog } from './FreeSpaceDialog.tsx';
import { bytesOfMoments, pictureBytes } from './moments.ts';
import { useStorage } from './useStorage.ts';

/** Milliseconds between two sums while runs train. */
const BEAT = 2000;

/** What room the runs take, and what gives some back. Nothing where nothing is kept. */
export function FreeSpace({ chosen }: { chosen: readonly Run[] }) {
  const runs = useSlowAppState(listedRuns, BEAT, { isSame: sameItems });
  const moments = useAppState((state) => state.moments);
  const keeping = useAppState((state) => state.keeping.kind);
  const [isOpen, setIsOpen] = useState(false);
  const checkpoints = useMemo(() => bytesOfMoments(moments), [moments]);
  const curves = useMemo(() => runs.reduce((sum, run) => sum + curveBytes(run), 0), [runs]);
  const pictures = useMemo(() => runs.reduce((sum, run) => sum + pictureBytes(run), 0), [runs]);
  const { facts, refused, persist } = useStorage(`${checkpoints} ${runs.length} ${pictures}`);
  if (keeping !== 'kept' && keeping !== 'failing') return null;
  return (
    <section className="runs-storage" aria-label={words.label}>
      <p>
        {words.used(
          runs.length,
          size(curves),
          checkpoints > 0 ? size(checkpoints) : null,
          pictures > 0 ? smallSize(pictures) : null,
        )}{' '}
        {facts.free !== null && words.free(size(facts.free))} {facts.persistent === true && words.persistent}
        {facts.persistent === false && (
          <>
            {words.fleeting}{' '}
            <button type="button" className="link-button" onClick={() => void persist()}>
              {words.persist}
            </button>
          </>
        )}{' '}
        <span role="status">{refused && words.refused}</span>
      </p>
      <button type="button" className="button-small" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {words.freeSpace}
      </button>
      {isOpen && <FreeSpaceDialog chosen={chosen} onClose={() => setIsOpen(false)} />}
    </section>
  );
}
