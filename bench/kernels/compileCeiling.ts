import { main } from 'assemblyscript/asc';
import type { WasmCeiling } from '../bencher.ts';
import { ceilingSource } from './wasmCeiling.ts';

/** The ceiling's loop as WASM modules, with and without relaxed SIMD. */
export async function compileCeilings(): Promise<WasmCeiling[]> {
  return Promise.all([
    compile('ceiling: SIMD multiply, then add', false),
    compile('ceiling: relaxed SIMD multiply-add', true),
  ]);
}

async function compile(name: string, relaxed: boolean): Promise<WasmCeiling> {
  let base64 = '';
  const { error } = await main(
    ['ceiling.ts', '-O3', '--noAssert', '--runtime', 'stub', '--outFile', 'ceiling.wasm'].concat(
      ['simd', ...(relaxed ? ['relaxed-simd'] : [])].flatMap((feature) => ['--enable', feature]),
    ),
    {
      readFile: (file) => (file === 'ceiling.ts' ? ceilingSource(relaxed) : null),
      writeFile: (_, contents) => {
        base64 = Buffer.from(contents).toString('base64');
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(error.message);
  return { name, base64 };
}
