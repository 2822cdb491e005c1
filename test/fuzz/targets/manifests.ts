/** The list of the images: src/data/manifest.ts. */
import { ManifestError, parseManifest } from '../../../src/data/manifest.ts';
import { createSmallDataset } from '../../../src/data/testing/smallDataset.ts';
import { reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedJsonText } from '../mutations.ts';

const { manifest } = await createSmallDataset({ train: [3, 2], test: [4] });

export const manifests: FuzzTarget = {
  name: 'manifests',
  inputs: mutatedJsonText([manifest]),
  async attempt(input) {
    // A manifest that is no JSON is told by whoever fetches it.
    const read = await reading(() => parseManifest(JSON.parse(String(input))), ManifestError, SyntaxError);
    if (!read) return false;
    const { train, test, mean, deviation, meanImage } = read.value;
    for (const { labels, images } of [train, test]) {
      if (labels.length !== images || labels.some((label) => label > 9))
        throw new Violation('was taken, with wrong labels');
    }
    if (
      ![...mean, ...deviation, ...meanImage].every(Number.isFinite) ||
      deviation.some((value) => value <= 0)
    ) {
      throw new Violation('was taken, with statistics that no image can be divided by');
    }
    return true;
  },
};
