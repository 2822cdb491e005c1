/** Blocks cut out of nets that others trained for the paper's figure 6, on WASM; and that the parts of a net are the net there. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { datasetFetch } from '../../../cli/node/datasetFetch.ts';
import { openNodeOps } from '../../../cli/node/nodeDevice.ts';
import { openDataset } from '../../data/dataset.ts';
import { EditedNets } from '../../inside/editedNets.ts';
import { imagesOf } from '../../inside/images.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import { Scaled } from '../../inside/scaled.ts';
import { anyBatch, anyWeights, modelOf } from '../../inside/testing/smallNet.ts';
import { parseRun } from '../../model/config.ts';
import { blocksOf, without } from '../../model/graphEdits.ts';
import { PartialNetwork } from '../../training/partialNetwork.ts';

const figure6 = fileURLToPath(new URL('../../../../shared/fixtures/published/figure6', import.meta.url));
const isThere = existsSync(figure6);
const ops = await openNodeOps('wasm');

test('on WASM, too, a net taken in parts, or dialled to 1, gives its logits to the last bit', async () => {
  const model = modelOf({ depth: 14, width: 4 });
  const net = new LookedNet(ops, model, 'per-pixel-mean', anyWeights(model, 'wasm'));
  const { parameters, statistics, graph, layout } = net;
  const network = new PartialNetwork(ops, graph, layout);
  const scaled = new Scaled(ops);
  const images = net.upload(anyBatch(5, 'images').images);
  const whole = net.logits(images);
  const middle = blocksOf(graph)[3]!.last;
  const half = network.evaluate(parameters, statistics, images, { to: middle });
  const parts = network.evaluate(parameters, statistics, half, { from: middle });
  const dialled = network.evaluate(parameters, statistics, images, { shortcut: (x) => scaled.times(x, 1) });
  const logits = await Promise.all([whole, parts, dialled].map(async (tensor) => [...(await ops.download(tensor))])); // prettier-ignore
  expect(logits[1]).toEqual(logits[0]);
  expect(logits[2]).toEqual(logits[0]);
  for (const tensor of [whole, half, parts, dialled, images]) ops.dispose(tensor);
  scaled.dispose();
  net.dispose();
  expect(ops.tensorCount()).toBe(0);
});

describe.skipIf(!isThere)(
  `the published nets of figure 6${isThere ? '' : ` (SKIPPED: ${figure6} is not there)`}`,
  () => {
    // All blocks on 1,000 images, 2026-11-26: ResNet-56 7.0% whole, 8.0% in the median without a block of stride 1; plain-56 12.1% and 88.8%.
    test('cutting a stride-1 block of ResNet-56 hurts far less than cutting it from plain-56', async () => {
      const facts = JSON.parse(readFileSync(`${figure6}/figure6.json`, 'utf8')) as { normalisation: object };
      const images = imagesOf(() =>
        openDataset({ url: '.', fetch: datasetFetch('public/datasets/cifar10') }),
      );
      const errors = async (block: string, file: string) => {
        const { model, normalisation } = parseRun({
          model: { depth: 56, block },
          normalisation: facts.normalisation,
          steps: 1,
        });
        const bytes = Uint8Array.from(readFileSync(`${figure6}/${file}.safetensors`)).buffer;
        const net = await LookedNet.open(ops, { model, normalisation, weights: { kind: 'safetensors', file: bytes } }); // prettier-ignore
        const edits = [[], [12], [22]].map((removed) => ({
          arrangement: without(blocksOf(net.graph).length, removed),
          shortcuts: 1,
        }));
        const edited = new EditedNets({ ops, turn: () => Promise.resolve() }, net, edits);
        const wrong = [0, 0, 0];
        for (const from of [0, 100]) {
          const batch = await images.batch('test', from, 100, normalisation);
          (await edited.wrong(batch, () => undefined)).forEach((count, i) => (wrong[i]! += count));
        }
        edited.dispose();
        net.dispose();
        return wrong.map((count) => count / 200);
      };
      const [residual = NaN, ...cutResidual] = await errors('basic', 'resnet56');
      const [plain = NaN, ...cutPlain] = await errors('plain', 'plain56');
      for (const error of cutResidual) expect(error - residual).toBeLessThan(0.1);
      for (const error of cutPlain) expect(error - plain).toBeGreaterThan(0.5);
    });
  },
);
