/** How a run came to be, as a cell of a table that is read back: as JSON says it (runsJson.ts). */
import * as v from 'valibot';
import { ConfigError, parseRun, type RunConfig } from '../../../model/config.ts';
import type { Chapter, Run } from '../../state/run.ts';
import { chapterSchema } from './runSchemas.ts';

/** What a run is called in its file, what it was set to in the end, and its chapters. */
export interface Past {
  readonly id: string;
  readonly config: RunConfig | null;
  readonly history: readonly Chapter[];
}

const text = v.pipe(v.string(), v.maxLength(2000));
const pastSchema = v.strictObject({
  id: text,
  config: v.nullable(v.record(v.string(), v.unknown())),
  history: v.array(chapterSchema),
});

/** Empty for a run without a past, of which no other of `runs` is a branch. */
export function historyCell({ id, config, history }: Run, runs: readonly Run[]): string {
  const isParent = runs.some((one) =>
    one.history.some((chapter) => chapter.kind === 'branched' && chapter.run === id),
  );
  return history.length > 0 || isParent ? JSON.stringify({ id, config, history } satisfies Past) : '';
}

/** Null where it is not what {@link historyCell} writes: it was cut short or changed. */
export function readHistoryCell(cell: string): Past | null {
  try {
    const { id, config, history } = v.parse(pastSchema, JSON.parse(cell));
    return {
      id,
      config: config && parseRun(config),
      history: history.map((chapter) => ({ ...chapter, before: chapter.before && parseRun(chapter.before) })),
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof v.ValiError || error instanceof ConfigError)
      return null;
    throw error;
  }
}
