import { isResidual } from '../../../model/depths.ts';
import { useAppState } from '../../state/hooks/AppContext.ts';
import { modelName } from '../../../model/families.ts';
import { nets as words } from './enNets.ts';
import { isSameNet, netLooks } from '../../runs/looks/netLooks.ts';
import { sameItems } from '../../state/sameItems.ts';
import type { AppState } from '../../state/AppState.ts';
import type { Run } from '../../state/run.ts';
import { TextWithTerms } from '../../ui/glossary/TextWithTerms.tsx';
import { NetDrawing } from './NetDrawing.tsx';

/** The nets of the lanes, large, drawn from their graphs; a net that stands in several lanes is drawn once. */
export function NetworkView() {
  const lanes = useAppState((state) => state.draft.lanes);
  const runs = useAppState(selectRuns, isSameLooks);
  const looks = netLooks(lanes, runs);
  const distinct = looks.filter(
    ({ model }, i) => looks.findIndex((other) => isSameNet(other.model, model)) === i,
  );
  return (
    <section className="nets" aria-labelledby="nets-heading">
      <h2 id="nets-heading">{words.heading}</h2>
      {distinct.map(({ model, style }) => (
        <NetDrawing
          key={`${model.block} ${model.depth} ${model.shortcut}`}
          model={model}
          style={style}
          name={modelName(model)}
        />
      ))}
      <p className="field-hint">
        <TextWithTerms text={words.bars} />
        {distinct.some(({ model }) => isResidual(model.block)) && <TextWithTerms text={words.arcs} />}
        <TextWithTerms text={words.leftOut} />
      </p>
    </section>
  );
}

const selectRuns = (state: AppState) => state.training.runs;
const styleAndNet = ({ lane, style, config }: Run) => [lane, style, config];
/** While they grow, nothing of what is drawn changes. */
const isSameLooks = (a: readonly Run[], b: readonly Run[]) =>
  sameItems(a.flatMap(styleAndNet), b.flatMap(styleAndNet));
