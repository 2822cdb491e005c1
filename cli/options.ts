/** Options of the command line. */
import { parseArgs } from 'node:util';
import { availableParallelism } from 'node:os';
import type { Precision } from '../src/model/precision.ts';
import { nodeBackends, type NodeBackend } from './node/nodeBackends.ts';
import { UsageError } from './commandError.ts';
import { distance } from './distance.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for its value in the usage: "FILE", "N". */
  readonly value?: string;
  readonly required?: boolean;
  /** The option in whose place it is required: with that one it is refused. */
  readonly unless?: string;
}

type Values<O extends Readonly<Record<string, Option>>> = {
  readonly [Name in keyof O]: O[Name]['type'] extends 'string' ? string | undefined : boolean;
};

/**
 * The values of the options in `args`, each at most once. Throws {@link UsageError}, one line a fault. `command` is how a person
 * calls it: "npm run train"; `operand`: what may stand before the options, for the usage.
 */
export function readOptions<O extends Readonly<Record<string, Option>>>(
  command: string,
  options: O,
  args: readonly string[] = process.argv.slice(2),
  operand = '',
): Values<O> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }])),
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string | true>();
  const faults: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') faults.push(`"${token.value}" belongs to no option`);
    if (token.kind !== 'option') continue;
    const { rawName, name, value } = token;
    const option = options[name];
    if (!option || rawName !== `--${name}`) faults.push(unknown(rawName, Object.keys(options)));
    else if (values.has(name)) faults.push(`--${name} is given twice: give it once`);
    else if (option.type === 'boolean' && value !== undefined) faults.push(`--${name} takes no value`);
    else if (option.type === 'string' && isMissing(value, Object.keys(options))) {
      faults.push(`--${name} needs a value: --${name} ${option.value ?? 'VALUE'}`);
      // What stood in its place is not looked at twice.
      values.set(name, '');
    } else values.set(name, value ?? true);
  }
  for (const [name, { required, value, unless }] of Object.entries(options)) {
    const isReplaced = unless !== undefined && values.has(unless);
    if (required && !isReplaced && !values.has(name)) faults.push(`--${name} ${value ?? 'VALUE'} is missing`);
    if (isReplaced && values.has(name)) faults.push(`--${name} cannot be given with --${unless}`);
  }
  if (faults.length > 0) throw new UsageError(`${faults.join('\n')}\n${usage(command, operand, options)}`);
  return Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [
      name,
      type === 'boolean' ? values.has(name) : values.get(name),
    ]),
  ) as Values<O>;
}

function usage(command: string, operand: string, options: Readonly<Record<string, Option>>): string {
  const each = Object.entries(options).map(([name, { type, value = 'VALUE', required }]) => {
    const text = type === 'boolean' ? `--${name}` : `--${name} ${value}`;
    return required ? text : `[${text}]`;
  });
  return `usage: ${[command, '--', ...(operand ? [operand] : []), ...each].join(' ')}`;
}

/** Nothing, or another option where the value should be. */
const isMissing = (value: string | undefined, names: readonly string[]) =>
  value === undefined ||
  value === '' ||
  names.some((name) => value === `--${name}` || value.startsWith(`--${name}=`));

function unknown(rawName: string, names: readonly string[]): string {
  const given = rawName.replace(/^-+/, '');
  const nearest = names.find((name) => distance(name, given) <= 2 || name.startsWith(given));
  return `${rawName} is no option${nearest === undefined ? '' : `: --${nearest} is`}`;
}

/** A whole number given on the command line. Throws {@link UsageError}. */
export function wholeNumber(option: string, text: string, most = Number.MAX_SAFE_INTEGER, why = ''): number {
  const value = /^\s*\d+(e\d+)?\s*$/i.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new UsageError(`--${option} must be a whole number above 0, not "${text}"`);
  }
  if (value > most)
    throw new UsageError(`--${option} must be at most ${most}, not ${text}${why && `: ${why}`}`);
  return value;
}

/** Throws {@link UsageError} for a backend that Node does not have. */
export function readBackend(text = 'wasm'): NodeBackend {
  const backend = nodeBackends.find((name) => name === text);
  if (backend) return backend;
  throw new UsageError(`--backend must be one of ${nodeBackends.join(', ')}, not "${text}"`);
}

/**
 * With how many threads to compute. Throws {@link UsageError} for more than there are processors: all wait for the last, and each
 * holds tens of megabytes.
 */
export function readThreads(text: string | undefined, backend: NodeBackend): number {
  if (text === undefined) return 1;
  const processors = availableParallelism();
  const threads = wholeNumber(
    'threads',
    text,
    processors,
    `there ${processors === 1 ? 'is 1 processor' : `are ${processors} processors`} here, and more threads would wait for each other`,
  );
  if (threads > 1 && backend !== 'wasm') {
    throw new UsageError(`--threads ${threads} needs --backend wasm, not ${backend}`);
  }
  return threads;
}

/** How activations are to be stored. Throws {@link UsageError}, also where the backend cannot do that. */
export function readPrecision(text: string | undefined, backend: NodeBackend): Precision {
  if (text === undefined || text === 'f32') return 'f32';
  if (text !== 'f16') throw new UsageError(`--precision must be f32 or f16, not "${text}"`);
  if (backend !== 'webgpu') throw new UsageError(`--precision f16 needs --backend webgpu, not ${backend}`);
  return 'f16-storage';
}
