/** Option A's shortcut (He et al. 2015, section 4.2): every stride-th pixel, zero channels around; and its gradient. */
import type { Shape4, Stride } from '../../ops.ts';
import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, flatGrid } from '../wgsl/kernel.ts';
import { type Storage, elementOf, halvesFor, load, storageLabel, store } from '../wgsl/storage.ts';
import { type Width, typeOf, widthOf } from '../wgsl/wgsl.ts';

/** The channels that are read and written at once: with fewer than four, y cannot be stored in f16. */
export function padShortcutWidth(channels: number, outChannels: number): Width {
  return widthOf(channels, outChannels, frontOf(channels, outChannels));
}

/** `x` and `y`: how they are stored. */
export function padShortcut(
  input: Shape4,
  stride: Stride,
  outChannels: number,
  x: Storage,
  y: Storage,
): Kernel {
  const s = sizes(input, stride, outChannels);
  const at = `at + clamp(c, 0, ${s.groups - 1})`;
  return {
    label: `pad shortcut, ${s.label}${storageLabel('x', x)}${storageLabel('y', y)}`,
    bindings: {
      outputs: [binding('y', elementOf(y, s.vector), '[N, outHeight, outWidth, outChannels]')],
      inputs: [binding('x', elementOf(x, s.vector), '[N, height, width, channels]')],
    },
    wgsl: () => `${halvesFor(x, y)}
${FLAT_MAIN}
  if (index >= i32(arrayLength(&y))) { return; }
  let c = index % ${s.outGroups} - ${s.front};
  let pixel = index / ${s.outGroups};
  let column = pixel % ${s.outWidth} * ${stride};
  let row = pixel / ${s.outWidth} % ${s.outHeight} * ${stride};
  let image = pixel / ${s.outHeight * s.outWidth};
  let at = ((image * ${s.height} + row) * ${s.width} + column) * ${s.groups};
  let inside = c >= 0 && c < ${s.groups};
  ${store(y, 'y', 'index', `select(${s.type}(), ${load(x, s.vector, 'x', at)}, inside)`)}
}`,
    workgroups: flatGrid(input[0] * s.outHeight * s.outWidth * s.outGroups),
  };
}

export function padShortcutGradient(input: Shape4, stride: Stride, outChannels: number): Kernel {
  const s = sizes(input, stride, outChannels);
  return {
    label: `pad shortcut gradient, ${s.label}`,
    bindings: {
      outputs: [binding('dx', s.type, '[N, height, width, channels]')],
      inputs: [binding('dy', s.type, '[N, outHeight, outWidth, outChannels]')],
    },
    wgsl: () => `
${FLAT_MAIN}
  if (index >= i32(arrayLength(&dx))) { return; }
  let c = index % ${s.groups};
  let pixel = index / ${s.groups};
  let column = pixel % ${s.width};
  let row = pixel / ${s.width} % ${s.height};
  let image = pixel / ${s.height * s.width};
  let at = ((image * ${s.outHeight} + row / ${stride}) * ${s.outWidth} + column / ${stride}) * ${s.outGroups};
  let kept = row % ${stride} == 0 && column % ${stride} == 0;
  dx[index] = select(${s.type}(), dy[at + c + ${s.front}], kept);
}`,
    workgroups: flatGrid(input[0] * s.height * s.width * s.groups),
  };
}

const frontOf = (channels: number, outChannels: number): number => Math.floor((outChannels - channels) / 2);

/** Sizes in vectors of channels. */
function sizes([, height, width, channels]: Shape4, stride: Stride, outChannels: number) {
  const front = frontOf(channels, outChannels);
  const vector = padShortcutWidth(channels, outChannels);
  return {
    label: `stride ${stride}, ${height}x${width} ${channels}->${outChannels}`,
    vector,
    type: typeOf(vector),
    height,
    width,
    groups: channels / vector,
    outHeight: Math.ceil(height / stride),
    outWidth: Math.ceil(width / stride),
    outGroups: outChannels / vector,
    front: front / vector,
  };
}
