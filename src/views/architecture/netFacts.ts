import type { NetFacts } from './architecture.ts';
import type { NetPlan } from './netPlan.ts';

export function factsOf({ stem, stages, head, parameters, multiplyAdds }: NetPlan): NetFacts {
  const blocks = [stem, ...stages.flat(), head];
  const isWeighted = ({ kind }: { readonly kind: string }) => kind === 'conv' || kind === 'dense';
  const count = (shortcuts: readonly string[]) =>
    blocks.filter(({ shortcut }) => shortcuts.includes(shortcut)).length;
  return {
    depth: blocks.flatMap(({ way }) => way.filter(isWeighted)).length,
    projections: blocks.flatMap(({ around }) => around.filter(isWeighted)).length,
    parameters,
    multiplyAdds,
    shortcuts: count(['identity', 'padded', 'projected']),
    padded: count(['padded']),
    way: JSON.stringify(
      blocks.map(({ way }) => way.map(({ kind, kernel, stride, input, output }) => [kind, kernel, stride, input, output])), // prettier-ignore
    ),
  };
}
