/** What the kernels of a convolution are bound to, each of the three however it computes. */
import { type Binding, type Bindings, binding } from '../wgsl/bindings.ts';
import { elementOf } from '../wgsl/storage.ts';
import { typeOf, widthOf } from '../wgsl/wgsl.ts';
import type { ConvShape } from './convShape.ts';

export function forwardBindings(shape: ConvShape): Bindings {
  const y = elementOf(shape.y, widthOf(shape.outChannels));
  return {
    outputs: [binding('y', y, '[N, outHeight, outWidth, outChannels]')],
    inputs: [inputMap(shape), filters(shape)],
  };
}

export function inputGradientBindings(shape: ConvShape): Bindings {
  const dx = typeOf(widthOf(shape.inChannels));
  return {
    outputs: [binding('dx', dx, '[N, height, width, inChannels]')],
    inputs: [outputGradient(shape), filters(shape)],
  };
}

export function filterGradientBindings(shape: ConvShape): Bindings {
  const holds = '[parts, kernel, kernel, inChannels, outChannels], in vectors of output channels';
  return {
    outputs: [binding('parts', typeOf(widthOf(shape.outChannels)), holds)],
    inputs: [inputMap(shape), outputGradient(shape)],
  };
}

function inputMap({ x, inChannels }: ConvShape): Binding {
  return binding('x', elementOf(x, widthOf(inChannels)), '[N, height, width, inChannels]');
}

function outputGradient({ outChannels }: ConvShape): Binding {
  return binding('dy', typeOf(widthOf(outChannels)), '[N, outHeight, outWidth, outChannels]');
}

function filters({ outChannels }: ConvShape): Binding {
  const holds = '[kernel, kernel, inChannels, outChannels], in vectors of output channels';
  return binding('filters', typeOf(widthOf(outChannels)), holds);
}
