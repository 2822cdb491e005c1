/** Options and faults of the command line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readFile } from 'node:fs/promises';
import { ConfigError, parseRun, type ModelConfig, type RunConfig } from '../src/model/config.ts';
import { buildGraph } from '../src/model/graph.ts';
import { readNetWeights } from '../src/model/netWeights.ts';
import { layoutOf } from '../src/model/parameters.ts';
import type { Precision } from '../src/model/precision.ts';
import { nodeBackends, type NodeBackend } from './nodeDevice.ts';

/** The command was called wrongly: exit status 2, one line a fault. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The values of the options, checked by Node's own parser. Throws {@link UsageError}. */
export function readOptions<O extends NonNullable<ParseArgsConfig['options']>>(options: O) {
  try {
    return parseArgs({ options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A whole number given on the command line. Throws {@link UsageError}. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UsageError(`--${option} must be a whole number above 0, not "${text}"`);
}

/** Throws {@link UsageError} for a backend that Node does not have. */
export function readBackend(text: string): NodeBackend {
  const backend = nodeBackends.find((name) => name === text);
  if (backend) return backend;
  throw new UsageError(`--backend must be one of ${nodeBackends.join(', ')}, not "${text}"`);
}

/** How activations are to be stored. Throws {@link UsageError}, also where the backend cannot do that. */
export function readPrecision(text: string | undefined, backend: NodeBackend): Precision {
  if (text === undefined || text === 'f32') return 'f32';
  if (text !== 'f16') throw new UsageError(`--precision must be f32 or f16, not "${text}"`);
  if (backend !== 'webgpu') throw new UsageError(`--precision f16 needs --backend webgpu, not ${backend}`);
  return 'f16-storage';
}

/** The configuration in a file, `changes` laid over it. Throws {@link UsageError} with a line for each fault. */
export async function readRun(
  file: string | undefined,
  changes: Record<string, unknown> = {},
): Promise<RunConfig> {
  if (file === undefined) throw new UsageError('--config FILE is missing');
  const text = await readInput(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return parseRun(typeof json === 'object' && json !== null ? { ...json, ...changes } : json);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new UsageError(
      error.faults.map(({ path, message }) => `${file}: ${path ? `${path}: ` : ''}${message}`).join('\n'),
    );
  }
}

/** The bytes of a safetensors file that fits the net. Throws WeightsError if it does not; says on stderr what it had to mend. */
export async function readWeights(file: string, model: ModelConfig): Promise<ArrayBuffer> {
  const bytes = await readInput(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const graph = buildGraph(model);
  const { notes } = readNetWeights(graph, layoutOf(graph), buffer);
  for (const note of notes) console.error(`${file}: ${note}`);
  return buffer;
}

async function readInput(file: string): Promise<Buffer>;
async function readInput(file: string, encoding: 'utf8'): Promise<string>;
async function readInput(file: string, encoding?: 'utf8'): Promise<Buffer | string> {
  try {
    return await readFile(file, encoding);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Runs a command: faults on stderr, exit status 2 for a wrong call and 1 for anything that failed. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const wrongCall = error instanceof UsageError;
    console.error(wrongCall ? error.message : `${error.name}: ${error.message}`);
    for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
      console.error(`  because: ${cause.message}`);
    }
    process.exitCode = wrongCall ? 2 : 1;
  }
}
