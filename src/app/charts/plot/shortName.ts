import { shortForms } from '../enCharts.ts';

/** How many seeds a line is the mean of, behind its name. */
const COUNT = / \u00d7\d+$/;

/**
 * A name that is to fit where `fit` shortens what does not: what it is comes before which one, and that before of how many. Only what does
 * not fit even so is cut.
 */
export function shortName(name: string, fit: (name: string) => string): string {
  const short = Object.entries(shortForms).reduce((text, [long, form]) => text.replace(long, form), name);
  const whole = [name, short, short.replace(COUNT, '')].find((form) => fit(form) === form);
  return whole ?? fit(short);
}
