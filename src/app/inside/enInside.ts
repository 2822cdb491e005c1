/** The words around the views into nets. */
import { integer, joined, list, roughRange } from '../ui/format.ts';

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
  /** `left`: seconds, null while that is not known. */
  progress: (done: number, total: number, left: number | null) =>
    joined(', ', `${integer(done)} of ${integer(total)}`, left === null ? '' : `${roughRange(left)} left`),
  otherQuestion:
    'The settings that the link gave this view are none of its own: it stands here with its usual ones. The nets and everything else are as the link says.',
  damaged: (piece: string) =>
    `The link names a view, too, and that part of it is damaged at \u201c${piece}\u201d, or of a later version of this page. The experiment of the link is here, and the views as they were.`,
  noView:
    'The link names a view that this page does not know. Perhaps a later version of it does: load the page again.',
  noNets: (missing: number) =>
    `${missing === 1 ? 'One of the chosen nets is' : `${integer(missing)} of the chosen nets are`} not here: deleted, or in another browser.`,
  layer: 'Layer',
  noLayer: 'Choose no layer',
  takes: (seconds: number, isMeasured: boolean) =>
    isMeasured
      ? `${roughRange(seconds)} at the pace of this device`
      : `on a slow laptop ${roughRange(seconds)}, on a fast one or a GPU less`,
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
  keep: 'Keep with the runs',
  keptWith: (runs: readonly string[]) => `Kept with ${list(runs)}: in Runs, below each.`,
  keptWithout: (runs: readonly string[]) =>
    `Kept with ${list(runs)}: in Runs, below each. The picture is too large to be kept with them: save it as a file.`,
  unkept: (why: string) => `It was not kept. ${why}`,
  noRun: 'None of these nets is a run of this page.',
  save: 'Save as',
  file: (view: string, extension: string) => `inside-${view}.${extension}`,
  noPixels: 'This browser changes the pixels of pictures against tracking: save an SVG.',
};
