/** What a lane can train on. */
export const backends = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backends)[number];
