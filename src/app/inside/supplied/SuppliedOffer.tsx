import { useEffect } from 'react';
import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import type { TrainedNet } from '../../../model/trainedNets.ts';
import { modelName } from '../../../model/families.ts';
import { supplied as words } from './enSupplied.ts';
import { chooseSupplied, isSuppliedId, loadSupplied, suppliedId } from './suppliedNets.ts';

/** Offers the nets that come with the page where nothing is trained yet, and says of those that are looked at how far they were trained. */
export function SuppliedOffer({
  isNothingTrained,
  shown,
}: {
  readonly isNothingTrained: boolean;
  /** The ids of the nets that are looked at. */
  readonly shown: readonly string[];
}) {
  const app = useApp();
  const supplied = useAppState(({ inside }) => inside.supplied);
  // A link may name them before their list is here.
  const isAsked = useAppState(({ inside }) => inside.nets?.some(isSuppliedId) ?? false);
  useEffect(() => {
    if (isAsked && supplied.kind === 'none') void loadSupplied(app);
  }, [app, isAsked, supplied.kind]);

  if (supplied.kind === 'coming') return <p className="field-hint">{words.coming}</p>;
  if (supplied.kind === 'failed') {
    return (
      <p role="alert" className="fault">
        {words.failed(supplied.why)}{' '}
        <button type="button" className="button-small" onClick={() => void chooseSupplied(app)}>
          {words.again}
        </button>
      </p>
    );
  }
  const looked =
    supplied.kind === 'here' ? supplied.nets.filter((net) => shown.includes(suppliedId(net))) : [];
  if (looked.length > 0) return <p className="field-hint">{factsOf(looked)}</p>;
  if (!isNothingTrained) return null;
  return (
    <p className="inside-offer">
      {words.offer}{' '}
      <button type="button" className="button-small" onClick={() => void chooseSupplied(app)}>
        {words.look}
      </button>
    </p>
  );
}

/** One press chooses all of them. */
export function SuppliedChoice() {
  const app = useApp();
  return (
    <button type="button" className="button-small" onClick={() => void chooseSupplied(app)}>
      {words.choose}
    </button>
  );
}

function factsOf(nets: readonly TrainedNet[]): string {
  const [done, begun]: [string[], string[]] = [[], []];
  for (const { config, moments } of nets) {
    const name = modelName(config.model);
    const step = moments.at(-1)?.step ?? 0;
    const steps = config.steps ?? step;
    if (step < steps) begun.push(words.begun(name, step, steps));
    else done.push(words.finished(name, step));
  }
  const [first] = nets;
  const by = first ? words.recipe(first.config.model.width, first.config.batchSize, first.config.seed) : '';
  return words.facts(done, begun, by);
}
