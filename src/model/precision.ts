/**
 * How activations are stored between the forward and the backward pass: as they are computed or, on WebGPU, as f16. Gradients,
 * parameters, moments and logits are f32 either way.
 */
export type Precision = 'f32' | 'f16-storage';
