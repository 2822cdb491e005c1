import { useAppState } from '../state/hooks/AppContext.ts';
import { milestone as words } from './enSession.ts';

/** Tells screen readers what happens in training. */
export function Milestones() {
  const milestone = useAppState((state) => state.training.milestone);
  return (
    <p className="visually-hidden" aria-live="polite">
      {milestone && words(milestone)}
    </p>
  );
}
