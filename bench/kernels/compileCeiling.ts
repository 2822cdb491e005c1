import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WasmCeiling } from '../bencher.ts';
import { ceilingSource } from './wasmCeiling.ts';

/** The compiler as a program: as a library its types would redeclare Array for the whole project. */
const compiler = fileURLToPath(new URL('../../node_modules/assemblyscript/bin/asc.js', import.meta.url));

/** The ceiling's loop as WASM modules, with and without relaxed SIMD. */
export async function compileCeilings(): Promise<WasmCeiling[]> {
  return Promise.all([
    compile('ceiling: SIMD multiply, then add', ['simd']),
    compile('ceiling: relaxed SIMD multiply-add', ['simd', 'relaxed-simd']),
  ]);
}

async function compile(name: string, features: readonly string[]): Promise<WasmCeiling> {
  const folder = await mkdtemp(join(tmpdir(), 'ceiling-'));
  try {
    await writeFile(join(folder, 'ceiling.ts'), ceilingSource(features.includes('relaxed-simd')));
    const options = ['-O3', '--noAssert', '--runtime', 'stub', '--outFile', 'ceiling.wasm'];
    const enabled = features.flatMap((feature) => ['--enable', feature]);
    await promisify(execFile)(process.execPath, [compiler, 'ceiling.ts', ...options, ...enabled], {
      cwd: folder,
    });
    return { name, base64: await readFile(join(folder, 'ceiling.wasm'), 'base64') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
