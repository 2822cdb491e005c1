/**
 * Build plugins: what lets the page be installed and used without a network. The service worker (src/serviceWorker) with the list of the
 * files that it keeps, the web manifest, and the version by which page and service worker know each other.
 */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { PAGE_FILE } from '../src/serviceWorker/pageCaches.ts';

/** Most bytes that the service worker keeps of a version of the page, not compressed: what a first visit loads, unasked, in quiet moments. */
const MOST_KEPT = 6_800_000;

const NAME = 'Residual Playground';

/** The files of the page, relative to its folder: what is needed to train on every backend, to draw, and to show the recorded runs. */
const FILES = {
  globPatterns: [
    PAGE_FILE,
    'favicon.svg',
    'assets/*.{js,css,wasm,woff2}',
    'recordings/*.json',
    'datasets/*/sample.png',
  ],
  // What no browser of ours asks for (tf.js without SIMD), and letters that few names have.
  globIgnores: ['assets/tfjs-backend-wasm-????????.wasm', 'assets/*-latin-ext-*'],
};

/** The page says its version; a hash of all of it, which names every other file by its own hash. */
function versionTag(hear: (version: string) => void): Plugin {
  return {
    name: 'version-tag',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const version = createHash('sha256').update(html).digest('hex').slice(0, 16);
        hear(version);
        return [{ tag: 'meta', attrs: { name: 'version', content: version }, injectTo: 'head' }];
      },
    },
  };
}

export function offline(): Plugin[] {
  let version = '';
  const pwa = VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/serviceWorker',
    filename: 'serviceWorker.ts',
    // The page registers it, when it is quiet (src/app/offline).
    injectRegister: false,
    // Its files are compressed after that.
    integration: { closeBundleOrder: 'pre' },
    includeManifestIcons: false,
    injectManifest: {
      ...FILES,
      rollupFormat: 'iife',
      dontCacheBustURLsMatching: /^assets\//,
      maximumFileSizeToCacheInBytes: MOST_KEPT,
      manifestTransforms: [
        (entries) => {
          const bytes = entries.reduce((sum, { size }) => sum + size, 0);
          if (bytes > MOST_KEPT)
            throw new Error(`the service worker would keep ${bytes} bytes, and may keep ${MOST_KEPT}`);
          console.log(
            `[plugin offline] kept for use without a network: ${entries.length} files, ${bytes} bytes`,
          );
          return {
            manifest: entries.map((entry) =>
              entry.url === PAGE_FILE ? { ...entry, revision: version } : entry,
            ),
          };
        },
      ],
    },
    manifest: {
      name: NAME,
      short_name: NAME,
      description:
        'Train plain and residual convolutional nets on CIFAR-10 in this page, and see why skip connections matter.',
      lang: 'en',
      start_url: './',
      scope: './',
      display: 'standalone',
      categories: ['education'],
      // One of each, where the page has one for light and one for dark; the page's own meta elements say both.
      theme_color: '#fbfaf7',
      background_color: '#fbfaf7',
      icons: [
        { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
  });
  return [versionTag((found) => (version = found)), ...pwa];
}
