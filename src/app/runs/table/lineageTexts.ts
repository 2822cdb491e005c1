/** How a run came to be, in words. */
import type { Chapter, Run } from '../../state/run.ts';
import { details as words } from './enDetails.ts';
import { changesText } from './rowTexts.ts';

/** Each step of its way: "branch of plain-56 at step 300: shortcut none \u2192 A". */
export function wayTexts(run: Run): readonly string[] {
  return run.history.map((chapter, i) => {
    const what =
      chapter.kind === 'continued'
        ? words.continued(chapter.step)
        : words.branched(chapter.name, chapter.step);
    const changes = changesText(chapter.before, configAfter(run, i), run);
    return changes.length > 0 ? words.changed(what, changes) : what;
  });
}

/** What it was set to from then on: what the next change found. */
const configAfter = (run: Run, i: number): Chapter['before'] =>
  run.history.slice(i + 1).find(({ before }) => before !== null)?.before ?? run.config;
