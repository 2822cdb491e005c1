/** Runs as JSON: the present entry functions are called in {@link read} and {@link write} alone. */
import fc from 'fast-check';
import { ImportError } from '../../../src/app/runs/codec/importError.ts';
import { runsFromJson } from '../../../src/app/runs/codec/readRunsJson.ts';
import { runsToJson } from '../../../src/app/runs/codec/runsJson.ts';
import { anyRuns, contentOf, experiment } from '../../../src/app/runs/testing/anyRuns.ts';
import type { Run } from '../../../src/app/state/run.ts';
import { mustBeTaken, mustEqual, reading, type FuzzTarget } from '../fuzz.ts';
import { mutatedJsonText } from '../mutations.ts';
import { mustDraw } from './mustDraw.ts';

const read = (text: string) => runsFromJson(text, 'runs.json', 1);
const write = (runs: readonly Run[]) =>
  runsToJson({
    exported: new Date(0),
    app: { version: '0', commit: null },
    device: null,
    experiment,
    runs,
  });

const sound = fc.sample(anyRuns, { numRuns: 12, seed: 5 }).map((runs) => JSON.parse(write(runs)) as unknown);

export const runsJson: FuzzTarget = {
  name: 'run JSON',
  inputs: mutatedJsonText(sound),
  async attempt(input) {
    const found = await reading(() => read(String(input)), ImportError);
    if (!found) return false;
    const again = mustBeTaken('the reader', () => read(write(found.value)));
    mustEqual('written and read again, it', again.map(contentOf), found.value.map(contentOf));
    found.value.forEach(mustDraw);
    return true;
  },
};
