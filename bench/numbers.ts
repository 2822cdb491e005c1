/** Writes docs/numbers.md from bench/results: `npm run numbers`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readResults, type BenchResult, type Measurement } from './result.ts';

const file = fileURLToPath(new URL('../docs/numbers.md', import.meta.url));

const intro = `# Measured numbers

Written by \`npm run numbers\` from [bench/results](../bench/results); not by hand. Times on shared machines are noisy: compare
ratios within one run. Nothing here was measured on a real GPU unless its device says so: WebGPU's workgroup variants and the
autotune are proven right on SwiftShader and unmeasured on a GPU.
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

const text = [intro, ...readResults().map(section)].join('\n');
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
