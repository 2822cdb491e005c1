/** A whole text as a table, for tests. */
import type { LogTable } from '../table/logTable.ts';
import { LogText } from '../text/logText.ts';

/** Its curves are named by what names them. `file` stands in the messages. Throws ImportError. */
export function readLogTable(text: string, file: string): LogTable {
  const reader = new LogText(file);
  reader.push(text.replace(/^\uFEFF/, ''), true);
  return reader.finish();
}
