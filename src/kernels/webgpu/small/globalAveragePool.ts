/** The mean over height and width, and its gradient. */
import type { Shape4 } from '../../ops.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { type Storage, elementOf, halvesFor, load, storageLabel } from '../wgsl/storage.ts';
import { typeOf, widthOf } from '../wgsl/wgsl.ts';

/** `x`: how x is stored. */
export function globalAveragePool([batch, height, width, channels]: Shape4, x: Storage): Kernel {
  const { vector, type, groups, pixels, label } = sizes([batch, height, width, channels]);
  return {
    label: `global average pool, ${label}${storageLabel('x', x)}`,
    bindings: {
      outputs: [binding('y', type, '[N, C]')],
      inputs: [binding('x', elementOf(x, vector), '[N, height, width, C]')],
    },
    wgsl: () => `${halvesFor(x)}
${FLAT_MAIN}
  if (index >= i32(arrayLength(&y))) { return; }
  let image = index / ${groups};
  var at = image * ${pixels * groups} + index % ${groups};
  var sum = ${type}();
  for (var pixel = 0; pixel < ${pixels}; pixel++) {
    sum = sum + ${load(x, vector, 'x', 'at')};
    at += ${groups};
  }
  y[index] = sum / ${pixels}.0;
}`,
    workgroups: flatGrid(batch * groups),
  };
}

export function globalAveragePoolGradient(shape: Shape4): Kernel {
  const { type, groups, pixels, label } = sizes(shape);
  return {
    label: `global average pool gradient, ${label}`,
    bindings: {
      outputs: [binding('dx', type, '[N, height, width, C]')],
      inputs: [binding('dy', type, '[N, C]')],
    },
    wgsl: () => `
${FLAT_MAIN}
  if (index >= i32(arrayLength(&dx))) { return; }
  let image = index / ${pixels * groups};
  dx[index] = dy[image * ${groups} + index % ${groups}] / ${pixels}.0;
}`,
    workgroups: flatGrid(shape[0] * pixels * groups),
  };
}

function sizes([, height, width, channels]: Shape4) {
  const vector = widthOf(channels);
  const groups = channels / vector;
  const label = `${height * width} pixels, ${groups} x ${vector} channels`;
  return { vector, type: typeOf(vector), groups, pixels: height * width, label };
}
