import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where files train, or compile for SwiftShader: some take a minute. */
const SLOW = /\/(src\/kernels\/webgpu|test|src\/kernels\/wasm|cli)\//;

/** Slow files first: one that began last would keep one processor busy while the others have nothing left. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => SLOW.test(moduleId.slice(import.meta.dirname.length));
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{src,test,cli,bench,scripts}/**/*.test.{ts,tsx}'],
    // A process for each file: tf.js keeps its engine and its flags in globals, and WASM threads need a real process.
    pool: 'forks',
    // All processors: much of the time of many files is waiting for processes and for SwiftShader.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
    // Training steps in float64 TypeScript, on WASM and on SwiftShader, on two shared cores.
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
