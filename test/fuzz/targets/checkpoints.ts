/** Checkpoints: what is taken is what a trainer can go on from, and is written again as it was. */
import fc from 'fast-check';
import { CheckpointError, decodeCheckpoint, encodeCheckpoint } from '../../../src/model/checkpoint.ts';
import { buildGraph } from '../../../src/model/graph.ts';
import { layoutOf } from '../../../src/model/parameters.ts';
import { checkpointFile, checkpointOf } from '../../../src/model/testing/checkpoints.ts';
import { stateOfCheckpoint } from '../../../src/training/trainerState.ts';
import { mustBeTaken, mustEqual, reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedBytes, mutatedJsonText } from '../mutations.ts';

const sound = [
  checkpointOf(),
  checkpointOf(
    { step: 0, recentErrors: [], warmedUp: false },
    { optimizer: { type: 'adam', learningRate: 0.1 } },
  ),
];
const files = await Promise.all(sound.map(encodeCheckpoint));
/** A state may be changed and its file whole: each then gets the digest that it should have. */
const states = mutatedJsonText(sound.map(({ state }) => state));

export const checkpoints: FuzzTarget = {
  name: 'checkpoints',
  inputs: fc.oneof(
    states,
    mutatedBytes(fc.constantFrom(...files.map((file) => new Uint8Array(file)))),
    fc.constantFrom(...sound.map(({ state }) => JSON.stringify(state))),
  ),
  async attempt(input) {
    const file =
      typeof input === 'string' ? await checkpointFile(input, sound[0]!.tensors) : input.buffer.slice(0);
    const read = await reading(() => decodeCheckpoint(file), CheckpointError);
    if (!read) return false;
    const { state, tensors } = read.value;
    const graph = buildGraph(state.run.model);
    mustBeTaken('a trainer', () =>
      stateOfCheckpoint(graph, layoutOf(graph), state.run.optimizer.type, read.value),
    );
    if (state.step > (state.run.steps ?? Infinity)) throw new Violation('was taken beyond its end');
    const again = await decodeCheckpoint(await encodeCheckpoint(read.value));
    mustEqual(
      'what is written again',
      [again.state, [...again.tensors.keys()]],
      [state, [...tensors.keys()]],
    );
    return true;
  },
};
