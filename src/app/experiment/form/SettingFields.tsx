import { isNumberName, isReadBy, rowOf, type SettingName } from '../../../model/recipeSettings.ts';
import { wordsOf } from '../../runs/enRecipeSettings.ts';
import { fieldTerms } from '../../runs/fieldTerms.ts';
import { CheckField, SelectField, TextField } from '../../ui/Field.tsx';
import { useRecipe } from './useRecipe.ts';

/** A field for each of these settings, but for those that the chosen optimiser does not read. */
export function SettingFields({ names }: { names: readonly SettingName[] }) {
  const { recipe } = useRecipe();
  return names
    .filter((name) => isReadBy(name, recipe.optimizer))
    .map((name) => <SettingField key={name} name={name} />);
}

function SettingField({ name }: { name: SettingName }) {
  const { recipe, edit, id, text } = useRecipe();
  const { label, hint, options = {} } = wordsOf(name);
  if (isNumberName(name)) {
    const inputMode = rowOf(name).kind === 'whole' ? 'numeric' : 'decimal';
    return <TextField {...text(name)} term={fieldTerms[name]} inputMode={inputMode} hint={hint} />;
  }
  const value = recipe[name];
  const shared = { id: id(name), label, term: fieldTerms[name], hint };
  if (typeof value === 'boolean') {
    return <CheckField {...shared} checked={value} onChange={(on) => edit({ [name]: on })} />;
  }
  return (
    <SelectField<string>
      {...shared}
      value={value}
      options={options}
      onChange={(chosen) => edit({ [name]: chosen })}
    />
  );
}
