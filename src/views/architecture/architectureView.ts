import { defineView } from '../../app/inside/defineView.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { architectureAnswer, architectureQuestion, type NetFacts } from './architecture.ts';
import { ArchitectureDrawing } from './ArchitectureDrawing.tsx';
import { ArchitectureSettings } from './ArchitectureSettings.tsx';
import { architecture as words } from './enArchitecture.ts';
import { factsOf } from './netFacts.ts';
import { netPlan } from './netPlan.ts';

export const architectureView = defineView({
  id: 'architecture',
  words: words.words,
  question: architectureQuestion,
  answer: architectureAnswer,
  initial: { equal: 'fit', unfolded: true },
  nets: { least: 1, most: 6 },
  here: (_question, nets) => ({ nets: nets.map(({ model }) => factsOf(netPlan(model))) }),
  cost: () => null,
  isLive: false,
  Settings: ArchitectureSettings,
  Drawing: ArchitectureDrawing,
  table: ({ nets }) => ({
    head: words.head,
    rows: nets.flatMap(({ name, model }) =>
      netPlan(model).units.map((unit) => [
        name,
        unit.name,
        words.kind[unit.kind],
        unit.kernel,
        unit.stride,
        words.shape(unit.input),
        words.shape(unit.output),
        unit.parameters,
        unit.multiplyAdds,
        unit.adds,
      ]),
    ),
  }),
  summary: ({ nets, answer }) =>
    words.joined([...answer.nets.map((facts, i) => said(nets[i], facts)), ...twins(nets, answer.nets)]),
});

const said = (net: LookedAt | undefined, facts: NetFacts) =>
  words.net(
    net?.name ?? '',
    facts.depth,
    facts.projections,
    facts.parameters,
    facts.multiplyAdds,
    words.shortcuts(facts.shortcuts, facts.padded, facts.projections),
  );

/** Pairs of nets that have the same layers on the way through, and not the same shortcuts. */
const twins = (nets: readonly LookedAt[], facts: readonly NetFacts[]) =>
  facts.flatMap((one, i) =>
    facts.flatMap((other, j) =>
      j > i && one.way === other.way && one.shortcuts !== other.shortcuts
        ? words.twins(nets[i]?.name ?? '', nets[j]?.name ?? '')
        : [],
    ),
  );
