/** The experiment as one Python file for PyTorch. The program is experiment.py; what was set is written into it. */
import type { ExperimentConfig } from '../../../model/config.ts';
import program from './experiment.py?raw';

/** The line of the program that the experiment takes the place of. */
const PLACE = /^EXPERIMENT = \{\}$/m;

/** `names` are what the lanes are called on the page, in their order. */
export function pytorchScript({ lanes, recipe }: ExperimentConfig, names: readonly string[]): string {
  const experiment = { lanes: lanes.map((lane, i) => ({ ...lane, name: names[i] ?? lane.id })), recipe };
  const literal = pythonLiteral(experiment);
  return program.replace(PLACE, () => `EXPERIMENT = ${literal}`);
}

/** A value as Python writes it; entries that are undefined are left out, as in JSON. */
export function pythonLiteral(value: unknown, indent = ''): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return String(value);
  // JSON's escapes are Python's, too.
  if (typeof value === 'string') return JSON.stringify(value);
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    const items = value.map((item) => pythonLiteral(item, inner));
    const line = `[${items.join(', ')}]`;
    return line.length < 80 && !line.includes('\n') ? line : block('[', items, ']', indent);
  }
  const entries = Object.entries(value as object)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `${JSON.stringify(key)}: ${pythonLiteral(entry, inner)}`);
  const line = `{${entries.join(', ')}}`;
  return line.length < 80 && !line.includes('\n') ? line : block('{', entries, '}', indent);
}

const block = (open: string, items: readonly string[], close: string, indent: string) =>
  `${open}\n${items.map((item) => `${indent}    ${item},\n`).join('')}${indent}${close}`;
