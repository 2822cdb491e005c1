/** Configurations of one run and of an experiment: src/model/config.ts. */
import { ConfigError, parseExperiment, parseRun } from '../../../src/model/config.ts';
import { buildGraph } from '../../../src/model/graph.ts';
import { decodeExperiment, encodeExperiment } from '../../../src/model/link.ts';
import { layoutOf } from '../../../src/model/parameters.ts';
import { classroomExperiment, paperExperiment, presets } from '../../../src/model/presets.ts';
import { mustBeTaken, mustEqual, reading, type FuzzTarget } from '../fuzz.ts';
import { mutatedJsonText } from '../mutations.ts';

const runs = [
  {
    model: { depth: 20, block: 'basic', shortcut: 'A', width: 16 },
    steps: 64_000,
    seed: 1,
    augment: 'paper',
  },
  { model: { depth: 11, block: 'bottleneck' }, epochs: 2, schedule: 'steps', normalisation: 'channel' },
  {
    version: 1,
    model: { family: 'cifar', depth: 8 },
    minutes: 3,
    optimizer: { type: 'adam', learningRate: 0.001, decayNormalisation: false },
    schedule: { type: 'cosine', warmUp: { learningRate: 0.01, untilError: 0.8 } },
    normalisation: { mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] },
    evaluation: { every: 10, images: 500, atEnd: false },
  },
];
const experiments = presets.flatMap((preset) => [
  paperExperiment(preset),
  classroomExperiment(preset, 'cpu'),
]);

export const configurations: FuzzTarget = {
  name: 'configurations',
  inputs: mutatedJsonText([...runs, ...experiments]),
  async attempt(input) {
    const text = String(input);
    const isExperiment = /"lanes"/.test(text);
    // A configuration that is no JSON is told by whoever reads the file.
    const read = await reading(
      () => {
        const json: unknown = JSON.parse(text);
        return isExperiment ? { experiment: parseExperiment(json) } : { run: parseRun(json) };
      },
      ConfigError,
      SyntaxError,
    );
    if (!read) return false;
    const { run, experiment } = read.value;
    if (run) {
      mustEqual('read again, it', parseRun(JSON.parse(JSON.stringify(run))), run);
      if (run.model.depth < 100) mustBeTaken('the builder', () => layoutOf(buildGraph(run.model)));
    }
    if (experiment) {
      mustEqual('read again, it', parseExperiment(JSON.parse(JSON.stringify(experiment))), experiment);
      const link = mustBeTaken('the writer of links', () => encodeExperiment(experiment));
      mustEqual(
        'its link',
        mustBeTaken('the reader of links', () => decodeExperiment(link)),
        experiment,
      );
    }
    return true;
  },
};
