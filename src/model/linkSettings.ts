/** Simple settings as a link of version 1 writes them (link.ts): a letter and, joined by `_`, what their rows say. */
import { readNumber } from './linkOptimizer.ts';
import {
  rowOf,
  settingNames,
  type SettingName,
  type SettingRow,
  type SettingValue,
  type SettingValues,
} from './recipeSettings.ts';

/** The settings that are written behind each letter. */
const byLetter = new Map<string, readonly SettingName[]>();
for (const name of settingNames) {
  const { letter } = rowOf(name).link;
  byLetter.set(letter, [...(byLetter.get(letter) ?? []), name]);
}

/** The parts that a link has, by their letters: those of settings that are not what their absence means. */
export function encodeSettings1(values: SettingValues): Map<string, string> {
  const parts = new Map<string, string>();
  for (const [letter, names] of byLetter) {
    if (names.every((name) => values[name] === rowOf(name).link.absent)) continue;
    parts.set(letter, letter + names.map((name) => codeOf(rowOf(name), values[name])).join('_'));
  }
  return parts;
}

/** What a part says of which settings; null if it is none, or not written as one. */
export function decodeSettings1(
  letter: string,
  written: readonly string[],
): readonly (readonly [SettingName, SettingValue])[] | null {
  const names = byLetter.get(letter);
  if (!names) return null;
  // A switch, and a choice that is one, are their letter alone.
  const codes = written.length === 0 ? [''] : written;
  if (codes.length !== names.length) return null;
  const decoded = names.map((name, i) => [name, valueOf(rowOf(name), codes[i]!)] as const);
  return decoded.every((entry): entry is [SettingName, SettingValue] => entry[1] !== undefined)
    ? decoded
    : null;
}

function codeOf({ kind, link }: SettingRow, value: SettingValue): string {
  if (kind === 'switch') return '';
  return link.codes ? (link.codes[String(value)] ?? '') : String(value);
}

function valueOf({ kind, link }: SettingRow, code: string): SettingValue | undefined {
  if (kind === 'switch') return code === '' ? !link.absent : undefined;
  if (link.codes) return Object.keys(link.codes).find((value) => link.codes?.[value] === code);
  const number = readNumber(code);
  return Number.isNaN(number) ? undefined : number;
}
