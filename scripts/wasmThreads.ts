/** A build plugin for the workers: lets tf.js's threaded WASM survive a minifier. */
import type { Plugin } from 'vite';

const MODULE = /tfjs-backend-wasm-threaded-simd\.js$/;

/** The two places in the factory that read a variable outside it. In a worker that variable is always undefined. */
const READS: readonly (readonly [text: string, replacement: string])[] = [
  ['if(typeof _scriptDir !== "undefined" && _scriptDir){scriptDirectory=_scriptDir}', ''],
  ['Module["mainScriptUrlOrBlob"]||_scriptDir', 'Module["mainScriptUrlOrBlob"]'],
];

/** The module's text with a factory that stands alone. Throws if the text is not the one that is known here. */
export function closeFactory(code: string): string {
  return READS.reduce((text, [read, replacement]) => {
    if (!text.includes(read)) throw new Error(`tf.js's threaded WASM has changed: no ${read}`);
    return text.replace(read, replacement);
  }, code);
}

/**
 * tf.js 4.22 starts its threads with the text of Emscripten's factory (`wasmFactory.toString()` in backend_wasm.js). The
 * factory reads `_scriptDir`, which a minifier renames, and every thread dies of "e is not defined" while the backend
 * waits for it for ever. Delete this when e2e/wasmThreads.spec.ts passes without it.
 */
export function wasmThreads(): Plugin {
  return {
    name: 'wasm-threads',
    transform: {
      filter: { id: MODULE },
      handler: (code) => ({ code: closeFactory(code), map: null }),
    },
  };
}
