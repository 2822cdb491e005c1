/**
 * Writes docs/numbers.md from bench/results and src/model/presetSizes.json: `npm run numbers`. Sections that come from neither stay as
 * they are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { presetSection, PRESETS_TITLE } from './presetSection.ts';
import { readResults, type BenchResult, type Measurement } from './result.ts';

const file = fileURLToPath(new URL('../docs/numbers.md', import.meta.url));

const intro = `# Measured numbers

Written by \`npm run numbers\` from [bench/results](../bench/results) and [presetSizes.json](../src/model/presetSizes.json), but for the
last sections. Times on shared machines are noisy: compare
ratios within one run. Nothing here was measured on a real GPU unless its device says so.
`;

/** What holds on a slower or busier machine too. */
const isRatio = ({ unit }: Measurement) => unit === 'times as long' || unit.startsWith('%');

function section({ title, command, date, commit, device, settings, measurements }: BenchResult): string {
  const details = Object.entries(settings).map(([key, value]) => `${key}: ${String(value)}`);
  const ratios = measurements.filter(isRatio);
  const absolute = measurements.filter((measurement) => !isRatio(measurement));
  const how = `${date}, commit ${commit}, ${device}: \`${command}\`. ${details.join('; ')}`;
  return `## ${title}

${table('ratio', ratios)}

${table('what', absolute)}

${how.replace(/\.?$/, '.')}
`;
}

function table(head: string, measurements: readonly Measurement[]): string {
  if (measurements.length === 0) return '';
  return `| ${head} | value (smallest to largest) |\n| --- | --- |\n${measurements.map(row).join('\n')}`;
}

function row({ label, value, unit, spread }: Measurement): string {
  const text = (number: number) => Number(number.toPrecision(3)).toLocaleString('en');
  const range = spread ? ` (${text(spread[0])} to ${text(spread[1])})` : '';
  return `| ${label} | ${text(value)} ${unit}${range} |`;
}

const results = readResults();
const written = new Set([...results.map(({ title }) => title), PRESETS_TITLE]);
const before = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split(/^(?=## )/m)
      .slice(1)
  : [];
const others = before.filter((one) => !written.has(/^## (.*)/.exec(one)?.[1] ?? ''));
const text = [intro, ...results.map(section), presetSection(), ...others].join('\n');
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
