import { SelectField } from '../../ui/Field.tsx';
import { fieldTerms } from '../../runs/fieldTerms.ts';
import { labels, options } from './enSettings.ts';
import { useRecipe } from './useRecipe.ts';

/** The normalisations that have a name, and the one with numbers that a file or a link gave. */
export function NormalisationField() {
  const { recipe, edit, id } = useRecipe();
  const { normalisation } = recipe;
  const isGiven = typeof normalisation === 'object';
  const named: Readonly<Record<string, string>> = isGiven
    ? { ...options.normalisation, given: options.normalisationGiven }
    : options.normalisation;
  return (
    <SelectField
      id={id('normalisation')}
      label={labels.normalisation}
      term={fieldTerms.normalisation}
      value={isGiven ? 'given' : normalisation}
      options={named}
      onChange={(chosen) => {
        if (chosen === 'channel' || chosen === 'per-pixel-mean') edit({ normalisation: chosen });
      }}
    />
  );
}
