/** The files that a command is given. */
import { readFile } from 'node:fs/promises';
import { ConfigError, parseRun, type ModelConfig, type RunConfig } from '../src/model/config.ts';
import { buildGraph } from '../src/model/graph.ts';
import { readNetWeights } from '../src/model/netWeights.ts';
import { layoutOf } from '../src/model/parameters.ts';
import { fileFault } from './fileFault.ts';
import { jsonFault } from './jsonFault.ts';
import { UsageError } from './commandError.ts';

/** The configuration in a file, `changes` laid over it. Throws {@link UsageError} with a line for each fault. */
export async function readRun(file: string, changes: Record<string, unknown> = {}): Promise<RunConfig> {
  return runOf(await readJson(file), file, changes);
}

/** The configuration `json`, which stood at `file`. Throws as {@link readRun}. */
export function runOf(json: unknown, file: string, changes: Record<string, unknown> = {}): RunConfig {
  try {
    return parseRun(
      typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json, ...changes } : json,
    );
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new UsageError(
      error.faults.map(({ path, message }) => `${file}: ${path ? `${path}: ` : ''}${message}`).join('\n'),
    );
  }
}

/** What a file holds. Throws {@link UsageError} that says where it is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  const text = textOf(await readInput(file), file);
  const fault = jsonFault(text);
  if (fault) {
    const what = text.trim() === '' ? 'it is empty' : `see line ${fault.line}, column ${fault.column}`;
    throw new UsageError(`${file} is not JSON: ${what}`);
  }
  return JSON.parse(text) as unknown;
}

/** The bytes of a safetensors file that fits the net. Throws WeightsError if it does not; says on stderr what it had to mend. */
export async function readWeights(file: string, model: ModelConfig): Promise<ArrayBuffer> {
  const { buffer } = Uint8Array.from(await readInput(file));
  const graph = buildGraph(model);
  const { notes } = readNetWeights(graph, layoutOf(graph), buffer);
  for (const note of notes) console.error(`${file}: ${note}`);
  return buffer;
}

export async function readInput(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileFault(error)}`);
  }
}

/** Text in UTF-8, with or without a byte-order mark, or in UTF-16 with one. Throws {@link UsageError}. */
export function textOf(bytes: Uint8Array, file: string): string {
  const starts = (...mark: number[]) => mark.every((byte, i) => bytes[i] === byte);
  const encoding = starts(0xff, 0xfe) ? 'utf-16le' : starts(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  try {
    // The decoder takes the mark off.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new UsageError(`${file} is no text in UTF-8, nor in UTF-16 with a byte-order mark: save it as UTF-8`);
}
