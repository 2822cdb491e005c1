/** The dense layer, and its gradients. One number an invocation: the last layer of a net is small. */
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';

/** y = x * matrix + bias. */
export function dense(batch: number, inputs: number, outputs: number): Kernel {
  return {
    label: `dense ${inputs}->${outputs}`,
    bindings: {
      outputs: [binding('y', 'f32', '[N, outputs]')],
      inputs: [
        binding('x', 'f32', '[N, inputs]'),
        binding('weights', 'f32', '[inputs, outputs]'),
        binding('bias', 'f32', '[outputs]'),
      ],
    },
    wgsl: () => `
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
    bindings: {
      outputs: [binding('dx', 'f32', '[N, inputs]')],
      inputs: [binding('dy', 'f32', '[N, outputs]'), binding('weights', 'f32', '[inputs, outputs]')],
    },
    wgsl: () => `
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
    bindings: {
      outputs: [binding('dMatrix', 'f32', '[inputs, outputs]'), binding('dBias', 'f32', '[outputs]')],
      inputs: [binding('dy', 'f32', '[N, outputs]'), binding('x', 'f32', '[N, inputs]')],
    },
    wgsl: () => `
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
