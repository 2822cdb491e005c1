import { useApp, useAppState } from '../../state/hooks/AppContext.ts';
import { isSettingName } from '../../../model/recipeSettings.ts';
import { wordsOf } from '../../runs/enRecipeSettings.ts';
import { labels } from './enSettings.ts';
import { faultText } from './faultText.ts';
import type { TextKey } from '../../state/draft.ts';
import { readDraft } from '../../state/readDraft.ts';
import { fieldId } from '../../ui/revealField.ts';

/** The recipe of the form, and what its text fields need. */
export function useRecipe() {
  const { editRecipe } = useApp();
  const draft = useAppState((state) => state.draft);
  const { faults, experiment } = readDraft(draft);
  const { recipe } = draft;
  return {
    recipe,
    /** The sound experiment, or null. */
    experiment,
    edit: editRecipe,
    id: fieldId,
    text: (key: TextKey) => {
      const fault = faults.find((candidate) => candidate.field === key);
      return {
        id: fieldId(key),
        label: isSettingName(key) ? wordsOf(key).label : labels[key],
        value: recipe[key],
        fault: fault && faultText(fault),
        onChange: (value: string) => editRecipe({ [key]: value }),
      };
    },
  };
}
