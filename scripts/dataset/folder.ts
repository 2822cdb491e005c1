/** The folder that is built: whether it is current, and how a new one takes its place. */
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { manifestSchema, type ManifestJson } from '../../src/data/manifest.ts';

/**
 * The manifest in `folder`, if it was built by this builder from this version, every shard has its size, and the files `beside` them are
 * there and not empty.
 */
export async function currentManifest(
  folder: string,
  builder: number,
  sourceVersion: string,
  beside: readonly string[] = [],
): Promise<ManifestJson | undefined> {
  const manifest = await readManifest(join(folder, 'manifest.json'));
  if (manifest?.builder !== builder || manifest.source.version !== sourceVersion) return undefined;
  const shards = [...manifest.train, ...manifest.test];
  const sizes = await Promise.all(shards.map((shard) => sizeOf(join(folder, shard.file))));
  const others = await Promise.all(beside.map((file) => sizeOf(join(folder, file))));
  const isWhole = shards.every((shard, i) => shard.bytes === sizes[i]) && others.every((size) => !!size);
  return isWhole ? manifest : undefined;
}

async function readManifest(path: string): Promise<ManifestJson | undefined> {
  try {
    const result = v.safeParse(manifestSchema, JSON.parse(await readFile(path, 'utf8')));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}

/**
 * Has `fill` fill a temporary folder beside `folder`, then puts it in that one's place by renaming: an interrupted
 * build leaves the old folder, or none, never half of one.
 */
export async function replaceFolder(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent, basename(folder));
  const temporary = join(parent, `.${basename(folder)}-${process.pid}`);
  const old = `${temporary}-old`;
  try {
    await mkdir(temporary);
    await fill(temporary);
    await takePlace(temporary, folder, old);
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** How often a build gives way to others that end in the same moment. */
const ATTEMPTS = 10;

/** Another build may put its folder there between the two renames: then that one makes way in its turn. */
async function takePlace(temporary: string, folder: string, old: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await rename(folder, old).catch(ignoreMissing);
    try {
      await rename(temporary, folder);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isOneOf(error, ['ENOTEMPTY', 'EEXIST'])) throw error;
      await rm(old, { recursive: true, force: true });
    }
  }
}

/** Removes the temporary folders of builds that were killed; a build that still runs keeps its own. */
async function removeLeftovers(parent: string, name: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    const match = /^\.(.+?)-(\d+)(-old)?$/.exec(entry);
    if (match?.[1] === name && !isRunning(Number(match[2]))) {
      await rm(join(parent, entry), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

const isOneOf = (error: unknown, codes: readonly unknown[]) =>
  error instanceof Error && 'code' in error && codes.includes(error.code);

function ignoreMissing(error: unknown): void {
  if (!isOneOf(error, ['ENOENT'])) throw error;
}
