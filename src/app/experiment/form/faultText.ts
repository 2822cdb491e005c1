import { isSettingName } from '../../../model/recipeSettings.ts';
import { wordsOf } from '../../runs/enRecipeSettings.ts';
import type { FieldFault } from '../../state/readDraft.ts';
import { faults as words, rules } from './enSettings.ts';

/** What is wrong in a field, and what to write instead. */
export function faultText({ field, written, kind, detail }: FieldFault): string {
  const key = field.split('.').at(-1) ?? field;
  // The schema knows the nearest depths.
  if (key === 'depth' && kind === 'refused' && detail.startsWith('depth')) return asSentence(detail);
  const rule = isSettingName(key) ? wordsOf(key).rule : rules[key];
  if (!rule) return asSentence(detail);
  if (kind === 'empty') return words.empty(rule);
  return words[kind === 'not-a-number' ? 'notANumber' : 'refused'](written.trim(), rule);
}

const asSentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
