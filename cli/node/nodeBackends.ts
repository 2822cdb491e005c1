/** The backends that run in Node: tf.js's WASM and CPU as they are, WebGPU through Dawn (nodeDevice.ts). */
export const nodeBackends = ['wasm', 'webgpu', 'cpu'] as const;
export type NodeBackend = (typeof nodeBackends)[number];
