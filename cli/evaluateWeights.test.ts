/** `npm run evaluate` with weights as other programs write them: made here of a published net. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../src/model/safetensors.ts';
import { variantOf } from '../src/model/testing/safetensorsFiles.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const published = join(root, '../shared/fixtures/published');
const isThere = existsSync(published);
const folder = mkdtempSync(join(tmpdir(), 'residual-playground-'));

async function evaluate(file: ArrayBuffer) {
  const facts = JSON.parse(readFileSync(join(published, 'resnet20.json'), 'utf8')) as {
    normalisation: object;
  };
  const [config, weights] = [join(folder, 'config.json'), join(folder, 'net.safetensors')];
  writeFileSync(config, JSON.stringify({ model: { depth: 20 }, normalisation: facts.normalisation }));
  writeFileSync(weights, new Uint8Array(file));
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const command = [
    join(root, 'cli/evaluate.ts'),
    '--config',
    config,
    '--weights',
    weights,
    '--images',
    '1000',
  ];
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [tsx, ...command])) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

describe.skipIf(!isThere)(
  `weights of other programs${isThere ? '' : ` (SKIPPED: ${published} is not there)`}`,
  () => {
    const original = () => Uint8Array.from(readFileSync(join(published, 'resnet20.safetensors'))).buffer;

    // The right values are PyTorch's, of the same net and images.
    it.each([
      ['F16', '91.60%, cross-entropy 0.38413'],
      ['BF16', '91.60%, cross-entropy 0.38425'],
    ] as const)('%s', async (kind, score) => {
      const { stdout, stderr } = await evaluate(variantOf(original(), { kind }));
      expect(stdout).toContain(`1000 test images: accuracy ${score}`);
      expect(stderr).toContain(`its ${kind} numbers are read as F32`);
    });

    it('a wrapped net with torchvision\u2019s names and float counts is the net itself', async () => {
      const variant = variantOf(original(), {
        rename: (name) => `module._orig_mod.${name.replace('linear.', 'fc.')}`,
        extra: [
          ['n_averaged', 'I64', [], 8],
          ['module._orig_mod.bn1.num_batches_tracked', 'F32', [], 4],
        ],
      });
      const { stdout, stderr } = await evaluate(variant);
      expect(stdout).toContain('accuracy 91.50%, cross-entropy 0.38420');
      expect(stderr).toContain('\u201cmodule._orig_mod.\u201d is left out of its names');
    });

    it('NaN ends the command by the name of its tensor, before anything is evaluated', async () => {
      const tensors = decodeSafetensors(original());
      tensors.get('layer3.2.conv2.weight')!.values[0] = NaN;
      const { code, stdout, stderr } = await evaluate(encodeSafetensors(tensors));
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/layer3\.2\.conv2\.weight is not finite/);
    });
  },
);
