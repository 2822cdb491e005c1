import { useMemo, useState } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import type { AppState } from '../../state/AppState.ts';
import type { Run } from '../../state/run.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { size } from '../../ui/format.ts';
import { listedRuns } from '../allRuns.ts';
import { storage as words } from './enStorage.ts';
import { removalOf, removalsOf, type Removal, type RemovalKind } from './space.ts';

const selectIsFull = ({ keeping }: AppState) => keeping.kind === 'failing' && keeping.fault.kind === 'full';

/** Says what could be removed and what that would give, and removes what was chosen. */
export function FreeSpaceDialog({ chosen, onClose }: { chosen: readonly Run[]; onClose: () => void }) {
  const app = useApp();
  const moments = useAppState((state) => state.moments);
  const hidden = useAppState((state) => state.view.hidden);
  const isFull = useAppState(selectIsFull);
  const [kinds, setKinds] = useState<readonly RemovalKind[]>([]);
  const given = useMemo(
    () => ({ runs: listedRuns(app.store.getState()), moments, hidden, chosen }),
    [app, moments, hidden, chosen],
  );
  const offers = useMemo(() => removalsOf(given), [given]);
  const wanted = kinds.filter((kind) => offers.some((offer) => offer.kind === kind));
  const all = removalOf(given, wanted);
  const remove = () => {
    app.deleteRuns(
      all.whole.map(({ id }) => id),
      all.moments,
    );
    if (isFull) app.forgetDeleted();
    onClose();
  };
  return (
    <Dialog heading={words.heading} className="free-space" onClose={onClose}>
      <p className="field-hint">{offers.length === 0 ? words.nothing : words.what}</p>
      {offers.map((offer) => (
        <label key={offer.kind} className="free-space-offer">
          <input
            type="checkbox"
            checked={wanted.includes(offer.kind)}
            onChange={({ target }) =>
              setKinds(target.checked ? [...kinds, offer.kind] : kinds.filter((kind) => kind !== offer.kind))
            }
          />
          <span>
            <b>{words.kinds[offer.kind]}</b>
            <span>{takesText(offer)}</span>
            <small>{words.consequences[offer.kind]}</small>
          </span>
        </label>
      ))}
      {wanted.length > 0 && (
        <>
          <p className="free-space-sum" role="status">
            {words.together(takesText(all))} {isFull ? words.final : words.undoable}
          </p>
          <button type="button" className="button-main" onClick={remove}>
            {words.remove(size(all.bytes))}
          </button>
        </>
      )}
    </Dialog>
  );
}

const takesText = ({ whole, momentCount, moments, bytes }: Removal) =>
  words.takes(whole.length, momentCount, moments.size, size(bytes));
