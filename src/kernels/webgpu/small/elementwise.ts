/** Arithmetic on tensors of one shape. */
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { typeOf, widthOf } from '../wgsl/wgsl.ts';

/** c = a * b */
export function product(size: number): Kernel {
  const width = widthOf(size);
  const type = typeOf(width);
  return {
    label: `product, width ${width}`,
    bindings: {
      outputs: [binding('c', type, 'the result')],
      inputs: [binding('a', type, 'one factor'), binding('b', type, 'the other')],
    },
    wgsl: () => `
${FLAT_MAIN}
  if (index >= i32(arrayLength(&c))) { return; }
  c[index] = a[index] * b[index];
}`,
    workgroups: flatGrid(size / width),
  };
}

/** a = keep * a + share * b, in place. */
export function runningAverage(size: number): Kernel {
  const width = widthOf(size);
  const type = typeOf(width);
  return {
    label: `running average, width ${width}`,
    bindings: {
      outputs: [binding('a', type, 'the average')],
      inputs: [binding('b', type, 'what is new')],
      uniforms: binding('weights', 'vec4f', 'keep, share, unused, unused'),
    },
    wgsl: () => `
${FLAT_MAIN}
  if (index >= i32(arrayLength(&a))) { return; }
  a[index] = weights.x * a[index] + weights.y * b[index];
}`,
    workgroups: flatGrid(size / width),
  };
}
