/** Reads trained nets that are in a folder already, as runs that moments can be taken of once more. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { trainedNetsSchema } from '../../src/model/trainedNets.ts';
import { UsageError } from '../commandError.ts';
import { readJson, readWeights } from '../inputFiles.ts';
import type { KeptRun } from './readRuns.ts';

/** Those that `index.json` tells of; none where there is no such file. Throws {@link UsageError}. */
export async function readShipped(folder: string): Promise<readonly KeptRun[]> {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) return [];
  const read = v.safeParse(trainedNetsSchema, await readJson(index));
  if (!read.success) throw new UsageError(`${index}: ${read.issues[0].message}`);
  return read.output.nets.map(({ name, config, commit, date, device, moments }) => ({
    name,
    config,
    origin: { commit, date, device },
    weights: new Map(
      moments.map(({ step, file }) => [step, () => readWeights(join(folder, file), config.model)] as const),
    ),
  }));
}
