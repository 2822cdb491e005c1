/** Shards of images: what arrives is the file of the manifest or refused, and what decodes is so many images. */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decodeShard, fetchShard, ShardError } from '../../../src/data/shards.ts';
import { createSmallDataset } from '../../../src/data/testing/smallDataset.ts';
import { IMAGE_SIZE } from '../../../src/model/dataset.ts';
import { reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedBytes } from '../mutations.ts';

const { manifest, files } = await createSmallDataset({ train: [2], test: [1] });
const entry = manifest.train[0]!;
const sound = files.get(entry.file)!;

/** The PNG with other image data: rows of unknown filters, too many, too few, and far too many. */
function withImageData(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const packed = deflateSync(data);
  const chunk = Buffer.alloc(12 + packed.length);
  chunk.writeUInt32BE(packed.length);
  chunk.write('IDAT', 4, 'latin1');
  packed.copy(chunk, 8);
  return Uint8Array.from(Buffer.concat([sound.slice(0, 33), chunk]));
}
const rows = 64 * (32 * 3 + 1);
const made = [
  sound,
  sound,
  withImageData(new Uint8Array(rows)),
  withImageData(new Uint8Array(rows).fill(9)),
  withImageData(new Uint8Array(rows - 1)),
  withImageData(new Uint8Array(50_000_000)),
];

export const shards: FuzzTarget = {
  name: 'shards',
  inputs: mutatedBytes(fc.constantFrom(...made)),
  async attempt(input) {
    const bytes = input as Uint8Array<ArrayBuffer>;
    const serve = () => Promise.resolve(new Response(bytes));
    const isSound = Buffer.compare(bytes, sound) === 0;
    const fetched = await reading(() => fetchShard('data', entry, serve), ShardError);
    if ((fetched !== null) !== isSound)
      throw new Violation('a shard of another hash was taken, or the sound one refused');
    // Whoever makes a dataset may have made a manifest for this.
    const listed = {
      ...entry,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    const decoded = await reading(() => decodeShard(bytes, listed), ShardError);
    if (decoded && decoded.value.length !== listed.images * IMAGE_SIZE) {
      throw new Violation('was taken, with too few or too many pixels');
    }
    return decoded !== null;
  },
};
