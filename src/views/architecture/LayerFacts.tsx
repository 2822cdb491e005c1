import type { LookedAt } from '../../app/inside/view.ts';
import { architecture as words } from './enArchitecture.ts';
import { unitOf, type NetPlan } from './netPlan.ts';

interface Props {
  readonly nets: readonly LookedAt[];
  readonly plans: readonly NetPlan[];
  readonly layer: string | null;
}

/** What a layer is in each net; of nets in which it is the same, once. */
export function LayerFacts({ nets, plans, layer }: Props) {
  const said = new Map<string, string[]>();
  nets.forEach(({ name }, i) => {
    const unit = plans[i] && unitOf(plans[i], layer);
    const fact = unit ? words.fact(unit) : words.absent;
    said.set(fact, [...(said.get(fact) ?? []), name]);
  });
  return (
    <div className="layer-facts" aria-live="polite">
      <b>{layer}</b>
      {[...said].map(([fact, names]) => (
        <p key={fact}>
          {nets.length > 1 && <b>{words.ofNets(names)}</b>}
          {fact}
        </p>
      ))}
    </div>
  );
}
