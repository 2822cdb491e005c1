import { shortForms } from '../enCharts.ts';

/** A name that is to fit where `fit` shortens what does not: what it is comes before which one. */
export function shortName(name: string, fit: (name: string) => string): string {
  if (fit(name) === name) return name;
  return fit(Object.entries(shortForms).reduce((text, [long, short]) => text.replace(long, short), name));
}
