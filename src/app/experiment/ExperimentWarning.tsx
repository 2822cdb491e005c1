import { TooSmallNote } from './TooSmallNote.tsx';
import { useExperiment } from './useExperiment.ts';

/** Below the button that starts it: that it is probably too small to show what it asks. */
export function ExperimentWarning() {
  const facts = useExperiment();
  return facts && <TooSmallNote facts={facts} />;
}
