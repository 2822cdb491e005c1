/** Whether a file holds weights of a net, by the reader that the training worker has. */
import type { ModelConfig } from '../../../model/config.ts';
import { buildGraph } from '../../../model/graph.ts';
import { readNetWeights } from '../../../model/netWeights.ts';
import { layoutOf } from '../../../model/parameters.ts';
import { fileTooLarge, MOST_FILE_BYTES, WeightsError } from '../../../model/safetensors.ts';
import { weightsFault } from './enWeights.ts';
import type { StartWeights } from '../../state/startWeights.ts';

/** A file of weights that cannot be used; the message says why and what to do. */
export class WeightsFileError extends Error {
  override readonly name = 'WeightsFileError';
}

/** The weights that a lane with this net is to start from. Rejects with {@link WeightsFileError}. */
export async function readStartWeights(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
  model: ModelConfig,
): Promise<StartWeights> {
  // What is too large is not read at all.
  if (file.size > MOST_FILE_BYTES) throw refusal(file.name, model, fileTooLarge(file.size));
  const bytes = await file.arrayBuffer();
  return { file: file.name, bytes, model, notes: checkWeights(bytes, file.name, model) };
}

/** What had to be done to names and numbers, in words. Throws {@link WeightsFileError} if the file is not of this net. */
export function checkWeights(bytes: ArrayBuffer, file: string, model: ModelConfig): readonly string[] {
  const graph = buildGraph(model);
  try {
    return readNetWeights(graph, layoutOf(graph), bytes).notes;
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    throw refusal(file, model, error);
  }
}

const refusal = (file: string, model: ModelConfig, cause: WeightsError) =>
  new WeightsFileError(weightsFault(file, model, cause), { cause });
