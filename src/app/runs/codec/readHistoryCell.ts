import * as v from 'valibot';
import { ConfigError, parseRun } from '../../../model/config.ts';
import type { Past } from './historyCell.ts';
import { chapterSchema } from './runSchemas.ts';

const text = v.pipe(v.string(), v.maxLength(2000));
const pastSchema = v.strictObject({
  id: text,
  config: v.nullable(v.record(v.string(), v.unknown())),
  history: v.array(chapterSchema),
});

/** Null where it is not what historyCell writes: it was cut short or changed. */
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
