/** A small dataset of noise images in memory, served by a fetch that tests can watch and break. */
import { encode } from 'fast-png';
import { createRandom } from '../../model/random.ts';
import type { ManifestJson, ShardEntry, Split } from '../manifest.ts';
import type { DatasetFetch } from '../fetchFile.ts';
import { IMAGE_SIDE, IMAGE_SIZE } from '../../model/dataset.ts';

export interface SmallDataset {
  readonly manifest: ManifestJson;
  /** What is served, by file name: to be changed at will. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Requests so far, as "train-00.png default". */
  readonly requests: string[];
  /** Serves {@link files} at any folder; a missing file is a 404. */
  readonly fetch: DatasetFetch;
  /** uint8 `[32, 32, 3]` of an image, by its number in the split. */
  readonly pixels: (split: Split, index: number) => Uint8Array;
  readonly label: (split: Split, index: number) => number;
}

/** `train` and `test` are the images of each shard. */
export async function createSmallDataset({
  train = [6, 6, 6],
  test = [4, 4],
}: { readonly train?: readonly number[]; readonly test?: readonly number[] } = {}): Promise<SmallDataset> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const images: Record<Split, Uint8Array> = {
    train: noise(
      'train',
      train.reduce((sum, n) => sum + n, 0),
    ),
    test: noise(
      'test',
      test.reduce((sum, n) => sum + n, 0),
    ),
  };
  const labels = (split: Split) => images[split].filter((_, i) => i % IMAGE_SIZE === 0).map((v) => v % 10);
  const shardsOf = async (split: Split, counts: readonly number[]) => {
    const entries: ShardEntry[] = [];
    let from = 0;
    for (const count of counts) {
      const file = `${split}-${String(entries.length).padStart(2, '0')}.png`;
      const data = images[split].slice(from * IMAGE_SIZE, (from + count) * IMAGE_SIZE);
      const png = Uint8Array.from(
        encode({ width: IMAGE_SIDE, height: IMAGE_SIDE * count, data, channels: 3 }),
      );
      files.set(file, png);
      entries.push({
        file,
        images: count,
        bytes: png.length,
        sha256: await sha256(png),
        labels: labels(split)
          .slice(from, from + count)
          .join(''),
      });
      from += count;
    }
    return entries;
  };
  const manifest: ManifestJson = {
    format: 1,
    builder: 1,
    source: { package: 'noise', version: '1.0.0' },
    classes: Array.from({ length: 10 }, (_, c) => `class ${c}`),
    train: await shardsOf('train', train),
    test: await shardsOf('test', test),
    mean: [0.5, 0.25, 0.75],
    deviation: [0.25, 0.5, 0.125],
    meanImage: base64(Float32Array.from({ length: IMAGE_SIZE }, (_, i) => i / IMAGE_SIZE)),
  };
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));

  const requests: string[] = [];
  return {
    manifest,
    files,
    requests,
    fetch: (url, { cache }) => {
      const file = url.slice(url.lastIndexOf('/') + 1);
      requests.push(`${file} ${cache}`);
      const bytes = files.get(file);
      return Promise.resolve({
        ok: bytes !== undefined,
        status: bytes ? 200 : 404,
        arrayBuffer: () => Promise.resolve(bytes ? bytes.slice().buffer : new ArrayBuffer(0)),
      });
    },
    pixels: (split, index) => images[split].slice(index * IMAGE_SIZE, (index + 1) * IMAGE_SIZE),
    label: (split, index) => labels(split)[index]!,
  };
}

function noise(name: string, images: number): Uint8Array {
  const random = createRandom(name);
  return Uint8Array.from({ length: images * IMAGE_SIZE }, () => random.integer(256));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const base64 = (numbers: Float32Array) => btoa(String.fromCharCode(...new Uint8Array(numbers.buffer)));
