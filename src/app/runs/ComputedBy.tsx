import { useAppState } from '../state/hooks/AppContext.ts';
import { provenance as words } from './enProvenance.ts';
import { list } from '../ui/format.ts';
import { computedBy } from './computedBy.ts';
import type { AppState } from '../state/AppState.ts';

/** A text, which stays the same while the runs go on. */
const linesOf = ({ training }: AppState): string =>
  computedBy(training.runs)
    .map(({ provenance, names }) => `${list(names)}: ${words.text(provenance)}.`)
    .join('\n');

/** What computed the runs of the present experiment. Nothing before one is ready. */
export function ComputedBy() {
  const lines = useAppState(linesOf);
  if (lines === '') return null;
  return (
    <div className="computed-by">
      <h3>{words.heading}</h3>
      {lines.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p className="field-hint">{words.hint}</p>
    </div>
  );
}
