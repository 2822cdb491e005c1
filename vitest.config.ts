import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['{src,test,cli,bench,scripts}/**/*.test.{ts,tsx}'],
    // A process for each file: tf.js keeps its engine and its flags in globals, and WASM threads need a real process.
    pool: 'forks',
    // All processors: much of the time of many files is waiting for processes and for SwiftShader.
    maxWorkers: '100%',
    // Training steps in float64 TypeScript, on WASM and on SwiftShader, on two shared cores.
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
