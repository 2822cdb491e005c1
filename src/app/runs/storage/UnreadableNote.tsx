import { useAppState } from '../../state/hooks/AppContext.ts';
import { unreadable } from './enStorage.ts';

/** Says that kept runs cannot be read. Nothing where all can. */
export function UnreadableNote() {
  const count = useAppState((state) => state.unreadable);
  return count > 0 && <p className="note">{unreadable(count)}</p>;
}
