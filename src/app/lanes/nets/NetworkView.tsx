import type { ModelConfig } from '../../../model/config.ts';
import { isResidual } from '../../../model/depths.ts';
import { useAppState } from '../../state/hooks/AppContext.ts';
import { modelName } from '../../../model/families.ts';
import { nets as words } from './enNets.ts';
import { laneStyles, styledLane } from '../../runs/looks/laneStyles.ts';
import { readModel } from '../../state/readDraft.ts';
import { TextWithTerms } from '../../ui/glossary/TextWithTerms.tsx';
import { NetDrawing } from './NetDrawing.tsx';

/** The nets of the lanes, large, drawn from their graphs; a net that stands in several lanes is drawn once. */
export function NetworkView() {
  const lanes = useAppState((state) => state.draft.lanes);
  const known = lanes.flatMap((lane) => {
    const model = readModel(lane);
    return model ? [{ model, optimizer: lane.optimizer ?? undefined }] : [];
  });
  const models = known.map(({ model }) => model);
  const styles = laneStyles(known.map(styledLane));
  const distinct = models
    .map((model, i) => ({ model, style: styles[i]! }))
    .filter(({ model }, i) => models.findIndex((other) => looks(other) === looks(model)) === i);
  return (
    <section className="nets" aria-labelledby="nets-heading">
      <h2 id="nets-heading">{words.heading}</h2>
      {distinct.map(({ model, style }) => (
        <NetDrawing key={looks(model)} model={model} style={style} name={modelName(model)} />
      ))}
      <p className="field-hint">
        <TextWithTerms text={words.text} />
      </p>
    </section>
  );
}

/** What a drawing shows of a net. */
const looks = ({ block, depth, shortcut }: ModelConfig) =>
  `${block} ${depth} ${isResidual(block) ? shortcut : ''}`;
