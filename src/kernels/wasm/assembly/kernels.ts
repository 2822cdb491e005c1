/** The module's entry: everything that the host calls. */
export * from './batchNorm';
export * from './batchNormGradient';
export * from './convolution';
export * from './filterGradient';
export * from './flat';
export * from './inference';
export * from './maps';
export * from './winograd';
