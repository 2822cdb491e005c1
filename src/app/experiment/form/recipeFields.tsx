/** The fields of the groups of shared settings, but for the learning rate and the budget. */
import { hints, labels, options } from './enSettings.ts';
import { CheckField, SelectField, TextField } from '../../ui/Field.tsx';
import { useRecipe } from './useRecipe.ts';

export function DataFields() {
  const { recipe, edit, id } = useRecipe();
  const { normalisation } = recipe;
  const isGiven = typeof normalisation === 'object';
  const named: Readonly<Record<string, string>> = isGiven
    ? { ...options.normalisation, given: options.normalisationGiven }
    : options.normalisation;
  return (
    <>
      <SelectField
        id={id('augment')}
        label={labels.augment}
        hint={hints.augment}
        value={recipe.augment}
        options={options.augment}
        onChange={(augment) => edit({ augment })}
      />
      <SelectField
        id={id('normalisation')}
        label={labels.normalisation}
        value={isGiven ? 'given' : normalisation}
        options={named}
        onChange={(chosen) => {
          if (chosen === 'channel' || chosen === 'per-pixel-mean') edit({ normalisation: chosen });
        }}
      />
    </>
  );
}

export function OptimizerFields() {
  const { recipe, edit, id, text } = useRecipe();
  return (
    <>
      <SelectField
        id={id('optimizer')}
        label={labels.optimizer}
        value={recipe.optimizer}
        options={options.optimizer}
        onChange={(optimizer) => edit({ optimizer })}
      />
      {recipe.optimizer !== 'adam' && <TextField {...text('momentum')} />}
      <TextField {...text('weightDecay')} />
      <CheckField
        id={id('decayNormalisation')}
        label={labels.decayNormalisation}
        checked={recipe.decayNormalisation}
        onChange={(decayNormalisation) => edit({ decayNormalisation })}
      />
    </>
  );
}

export function BatchFields() {
  const { text } = useRecipe();
  return <TextField {...text('batchSize')} inputMode="numeric" />;
}

export function SeedFields() {
  const { text } = useRecipe();
  return (
    <>
      <TextField {...text('seed')} inputMode="numeric" hint={hints.seed} />
      <TextField {...text('seeds')} inputMode="numeric" hint={hints.seeds} />
    </>
  );
}

export function EvaluationFields() {
  const { recipe, edit, id, text } = useRecipe();
  return (
    <>
      <TextField {...text('evaluationEvery')} inputMode="numeric" />
      <TextField {...text('evaluationImages')} inputMode="numeric" />
      <CheckField
        id={id('evaluationAtEnd')}
        label={labels.evaluationAtEnd}
        checked={recipe.evaluationAtEnd}
        onChange={(evaluationAtEnd) => edit({ evaluationAtEnd })}
      />
    </>
  );
}
