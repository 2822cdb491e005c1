/**
 * Builds src/kernels/wasm/assembly with AssemblyScript into src/kernels/wasm/build, one file for each variant. Does nothing
 * where the builds are newer than their sources.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type KernelVariant, kernelVariants } from '../src/kernels/wasm/host/loadKernels.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = 'src/kernels/wasm/assembly';
const outputOf = (variant: KernelVariant) => `src/kernels/wasm/build/kernels-${variant}.wasm`;

function optionsOf(variant: KernelVariant): string[] {
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--noExportMemory'];
  const features = ['simd', 'bulk-memory'];
  if (variant.endsWith('-relaxed')) features.push('relaxed-simd');
  if (variant.startsWith('shared')) {
    // An imported shared memory must have limits: these are the ones of tf.js's, in pages of 64 KB.
    options.push('--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536');
    features.push('threads');
  }
  return [...options, ...features.flatMap((feature) => ['--enable', feature])];
}

async function build(variant: KernelVariant): Promise<void> {
  const output = outputOf(variant);
  const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
  // Into its place by renaming: another build may be reading what is there.
  const folder = await mkdtemp(join(root, dirname(output), 'asc-'));
  try {
    const built = join(folder, 'kernels.wasm');
    const options = ['--baseDir', root, '--outFile', relative(root, built), ...optionsOf(variant)];
    await promisify(execFile)(process.execPath, [compiler, `${sources}/kernels.ts`, ...options]);
    if (hasData(await readFile(built))) {
      throw new Error(`${output} has constants in memory: they would overwrite tf.js's.`);
    }
    await rename(built, join(root, output));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const DATA_SECTION = 11;

/** Whether a module has a data section. */
function hasData(module: Uint8Array): boolean {
  let at = 8;
  while (at < module.length) {
    if (module[at++] === DATA_SECTION) return true;
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = module[at++]!;
      size |= (byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    at += size;
  }
  return false;
}

/** The time of change; 0 for a file that is not there. */
const changed = (file: string) =>
  stat(join(root, file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

await mkdir(join(root, dirname(outputOf('single'))), { recursive: true });
const names = (await readdir(join(root, sources))).filter((name) => name.endsWith('.ts'));
const inputs = [
  ...names.map((name) => `${sources}/${name}`),
  'src/kernels/wasm/shapeWord.ts',
  'scripts/buildKernels.ts',
];
const newest = Math.max(...(await Promise.all(inputs.map(changed))));
for (const variant of kernelVariants) {
  if ((await changed(outputOf(variant))) < newest) await build(variant);
}
