import { spawnSync } from 'node:child_process';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pageBundle } from './scripts/pageBundle.ts';
import { pageParts } from './scripts/pageParts.ts';
import { ISOLATION_HEADERS } from './src/serviceWorker/securityHeaders.ts';

/** The commit that is built, for the files that the page saves; empty outside of a repository. */
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });

export default defineConfig({
  define: { 'import.meta.env.BUILT_FROM': JSON.stringify(commit.status === 0 ? commit.stdout.trim() : '') },
  // Relative addresses, so that the built page works in any folder (GitHub Pages serves it in one).
  base: './',
  // A file that is missing is a 404, never index.html: a shard must not turn into a page.
  appType: 'mpa',
  plugins: [react(), pageBundle(), pageParts()],
  build: {
    // The first browsers with CSS light-dark(); all of them have WASM SIMD, module workers and BigInt.
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    sourcemap: true,
    // pageBundle prints them by role, and tf.js in a worker is large by nature.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 3000,
  },
  // Without the workers Vite finds tf.js late in development, and loads the page twice.
  optimizeDeps: {
    entries: ['index.html', 'src/workers/*/*Worker.ts', 'src/app/exchange/logs/worker/logWorker.ts'],
  },
  worker: { format: 'es' },
  // Development alone; what is built is served by scripts/serve.ts.
  server: { headers: ISOLATION_HEADERS },
});
