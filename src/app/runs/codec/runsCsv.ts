/** Runs as a table: one row for each run and step. */
import type { RunConfig } from '../../../model/config.ts';
import type { Run } from '../../state/run.ts';
import type { Series } from '../../state/series.ts';
import { escapeText, writeCsv } from './csv.ts';
import { historyCell } from './historyCell.ts';

/** `name` tells the runs apart; texts are escaped against spreadsheets (csv.ts). Errors are shares, 0 to 1; times are seconds of training; what was not measured at a step is empty. */
export const runColumns = [
  'lane',
  'name',
  'step',
  'epoch',
  'training_seconds',
  'learning_rate',
  'training_loss',
  'training_error',
  'test_loss',
  'test_error',
  'test_images',
] as const;

/** What computed a run, the same in all of its rows: empty where it is not known. Other builds of the kernels give other curves. */
export const provenanceColumns = ['backend', 'kernels', 'threads', 'browser'] as const;

/**
 * What is said of a run as a whole: in its first row alone, since it may be long. Several of one kind by line breaks; `history` in words, and to
 * be read back in `history_data` (historyCell.ts).
 */
export const aboutColumns = ['origin', 'end', 'tags', 'history', 'note', 'history_data'] as const;

/** CSV with a header. Numbers are written so that reading them back gives the same ones; also NaN and Infinity. */
export function runsToCsv(runs: readonly Run[]): string {
  const names = numberedNames(runs.map((run) => run.name));
  return writeCsv([
    [...runColumns, ...provenanceColumns, ...aboutColumns],
    ...runs.flatMap((run, i) => recordsOf(run, names[i]!, runs)),
  ]);
}

function recordsOf(run: Run, name: string, runs: readonly Run[]): string[][] {
  // Where a step was evaluated twice, the later evaluation is the one with more images.
  const evaluations = new Map(run.evaluations.map((evaluation) => [evaluation.step, evaluation]));
  const entries = run.loggedSteps ?? run.error;
  const entryOf = new Map(Array.from(entries.values, (_, i) => [run.loggedSteps?.at(i) ?? i + 1, i]));
  const steps = [...new Set([...entryOf.keys(), ...evaluations.keys()])].sort((a, b) => a - b);
  const computed = provenanceColumns.map((key) => escapeText(String(run.provenance?.[key] ?? '')));
  const about = [...aboutOf(run), historyCell(run, runs)].map(escapeText);
  return steps.map((step, row) => {
    const i = entryOf.get(step) ?? -1;
    const test = evaluations.get(step);
    const logged = (series: Series) => (series.isAbsent(i) ? null : series.at(i));
    const numbers = [
      logged(run.epoch),
      logged(run.trainingSeconds),
      logged(run.learningRate),
      logged(run.loss),
      logged(run.error),
      test?.loss,
      test?.error,
      test?.images,
    ];
    return [
      escapeText(run.lane),
      escapeText(name),
      String(step),
      ...numbers.map((n) => String(n ?? '')),
      ...computed,
      ...(row === 0 ? about : about.map(() => '')),
    ];
  });
}

/** The texts of {@link aboutColumns} that are for people. */
function aboutOf({ origin, end, tags, history, note, config }: Run): readonly string[] {
  const chapters = history.map((chapter, i) => {
    const what =
      chapter.kind === 'branched'
        ? `branched from ${chapter.name} after step ${chapter.step}`
        : `continued after step ${chapter.step}`;
    // What was set from there on: what the next change was made to.
    const after = history.slice(i + 1).find(({ before }) => before !== null)?.before ?? config;
    const changes = chapter.before && after ? changesBetween(chapter.before, after) : [];
    return changes.length > 0 ? `${what}: ${changes.join(', ')}` : what;
  });
  return [origin, end?.reason ?? '', tags.join('\n'), chapters.join('\n'), note];
}

/** Each setting that has another value: `model.block plain to basic`. */
function changesBetween(before: RunConfig, after: RunConfig): readonly string[] {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => `${path} ${was.get(path) ?? 'none'} to ${is.get(path) ?? 'none'}`);
}

function leavesOf(value: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null
        ? [...leavesOf(inner, `${path}${key}.`)]
        : inner === undefined
          ? []
          : [[`${path}${key}`, JSON.stringify(inner)] as const],
    ),
  );
}

/** The names, each by a number behind it unlike those before it. */
export function numberedNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((given) => {
    let name = given;
    for (let i = 2; taken.has(name); i++) name = `${given} (${i})`;
    taken.add(name);
    return name;
  });
}
