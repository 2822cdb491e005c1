/** The words around the views into nets. */
import { integer } from '../ui/format.ts';

export const inside = {
  views: 'Views into the nets',
  nets: 'Nets',
  choose: 'Which nets',
  most: (most: number) => `This view compares at most ${most}.`,
  atNow: 'as they are now',
  atLast: 'as they were kept last',
  at: (step: number) => `after step ${integer(step)}`,
  /** Where a net is kept at other steps than the one that is asked for. */
  nearest: (nets: readonly (readonly [name: string, step: number])[]) =>
    nets.map(([name, step]) => `${name}: ${integer(step)}`).join(', '),
  ofKept: 'kept',
  ofForm: 'not begun',
  none: 'There is no net to look into: add one, or train.',
  look: 'Look',
  again: 'Look again',
  cancel: 'Cancel',
  looking: 'Looking\u2026',
  progress: (done: number, total: number) => `${integer(done)} of ${integer(total)}`,
  failed: (why: string) => `That could not be computed. ${why}`,
  shows: 'What this shows.',
  doesNot: 'What it does not.',
  table: 'The numbers as a table',
  firstRows: (shown: number, all: number) =>
    `The first ${integer(shown)} of ${integer(all)} rows: CSV and JSON hold all.`,
  saveCsv: 'CSV',
  saveJson: 'JSON',
  saveSvg: 'SVG',
  savePng: 'PNG',
  saved: (file: string) => `Saved ${file}.`,
  unsaved: (why: string) => `It could not be saved. ${why}`,
  save: 'Save as',
  file: (view: string, extension: string) => `inside-${view}.${extension}`,
  noPixels: 'This browser changes the pixels of pictures against tracking: save an SVG.',
};
