import { isNumberName, settingNames, type NumberName } from '../../../model/recipeSettings.ts';
import { isInGroup, wordsOf, type Group } from '../../runs/enRecipeSettings.ts';
import type { RecipeDraft } from '../../state/draft.ts';
import { readNumber } from '../../state/readDraft.ts';
import { joined } from '../../ui/format.ts';
import { structuredSummary } from './enSettings.ts';

/** The one line that sums a group up while it is closed. */
export function groupSummary(group: Group, draft: RecipeDraft): string {
  const told = shortened(draft);
  const simple = settingNames.filter((name) => isInGroup(name, group));
  const parts = simple.map((name) => wordsOf(name).summary?.(told) ?? '');
  return joined(', ', ...parts, structuredSummary[group]?.(draft) ?? '');
}

/** The simple settings without blanks around their numbers, and each of those as short as it can be written. */
function shortened(draft: RecipeDraft): RecipeDraft {
  const numbers = settingNames.filter(isNumberName).map((name) => [name, short(name, draft[name])] as const);
  return { ...draft, ...Object.fromEntries(numbers) };
}

/** Nothing is written in many ways; and the paper's weight decay is the one that is known by its power of ten. */
function short(name: NumberName, typed: string): string {
  const number = readNumber(typed);
  if (number === 0) return '0';
  return name === 'weightDecay' && number === 1e-4 ? '1e-4' : typed.trim();
}
