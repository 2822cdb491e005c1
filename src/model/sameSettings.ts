/** When two settings are the same: experiments, recipes, optimisers, or any other value of JSON. */

/**
 * A text that is the same for the same settings, and for no others. The order in which the keys of an object were given makes no
 * difference, nor whether a key is absent or undefined; the order of a list does. Numbers that are not finite are told apart.
 */
export function settingsKey(settings: unknown): string {
  if (typeof settings === 'string') return JSON.stringify(settings);
  if (typeof settings !== 'object' || settings === null) return String(settings);
  if (Array.isArray(settings)) return `[${settings.map(settingsKey).join()}]`;
  const entries: [string, unknown][] = Object.entries(settings);
  let key = '{';
  for (const [name, value] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value !== undefined) key += `${JSON.stringify(name)}:${settingsKey(value)},`;
  }
  return `${key}}`;
}

/** Whether these are the same settings; see {@link settingsKey}. */
export const sameSettings = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || settingsKey(a) === settingsKey(b);
