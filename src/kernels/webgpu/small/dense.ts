/** The dense layer, and its gradients. One number an invocation: the last layer of a net is small. */
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';

/** y = x * matrix + bias. */
export function dense(batch: number, inputs: number, outputs: number): Kernel {
  return {
    label: `dense ${inputs}->${outputs}`,
    wgsl: () => `
@group(0) @binding(0) var<storage, read_write> y: array<f32>; // [N, outputs]
@group(0) @binding(1) var<storage, read> x: array<f32>; // [N, inputs]
@group(0) @binding(2) var<storage, read> weights: array<f32>; // [inputs, outputs]
@group(0) @binding(3) var<storage, read> bias: array<f32>; // [outputs]
${FLAT_MAIN}
  if (index >= i32(arrayLength(&y))) { return; }
  let k = index % ${outputs};
  let row = index / ${outputs} * ${inputs};
  var sum = bias[k];
  for (var i = 0; i < ${inputs}; i++) {
    sum = sum + x[row + i] * weights[i * ${outputs} + k];
  }
  y[index] = sum;
}`,
    workgroups: flatGrid(batch * outputs),
  };
}

/** dx = dy * transposed matrix. */
export function denseInputGradient(batch: number, inputs: number, outputs: number): Kernel {
  return {
    label: `dense input gradient ${inputs}->${outputs}`,
    wgsl: () => `
@group(0) @binding(0) var<storage, read_write> dx: array<f32>; // [N, inputs]
@group(0) @binding(1) var<storage, read> dy: array<f32>; // [N, outputs]
@group(0) @binding(2) var<storage, read> weights: array<f32>; // [inputs, outputs]
${FLAT_MAIN}
  if (index >= i32(arrayLength(&dx))) { return; }
  let i = index % ${inputs};
  let row = index / ${inputs} * ${outputs};
  var sum = 0.0;
  for (var k = 0; k < ${outputs}; k++) {
    sum = sum + dy[row + k] * weights[i * ${outputs} + k];
  }
  dx[index] = sum;
}`,
    workgroups: flatGrid(batch * inputs),
  };
}

/** The matrix's gradient, and the bias's as if its input were 1. */
export function denseWeightGradient(inputs: number, outputs: number): Kernel {
  return {
    label: `dense weight gradient ${inputs}->${outputs}`,
    wgsl: () => `
@group(0) @binding(0) var<storage, read_write> dMatrix: array<f32>; // [inputs, outputs]
@group(0) @binding(1) var<storage, read_write> dBias: array<f32>; // [outputs]
@group(0) @binding(2) var<storage, read> dy: array<f32>; // [N, outputs]
@group(0) @binding(3) var<storage, read> x: array<f32>; // [N, inputs]
${FLAT_MAIN}
  if (index >= ${(inputs + 1) * outputs}) { return; }
  let i = index / ${outputs};
  let k = index % ${outputs};
  let images = i32(arrayLength(&dy)) / ${outputs};
  var sum = 0.0;
  if (i < ${inputs}) {
    for (var image = 0; image < images; image++) {
      sum = sum + x[image * ${inputs} + i] * dy[image * ${outputs} + k];
    }
    dMatrix[index] = sum;
  } else {
    for (var image = 0; image < images; image++) {
      sum = sum + dy[image * ${outputs} + k];
    }
    dBias[k] = sum;
  }
}`,
    workgroups: flatGrid((inputs + 1) * outputs),
  };
}
