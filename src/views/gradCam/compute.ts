/**
 * What nets look at: the heat of a class in a layer's maps (Grad-CAM: Selvaraju et al. 2017), the maps themselves, and the first
 * layer's filters. Evaluation mode, with the running statistics.
 */
import { gradCam } from '../../insights/gradCam.ts';
import { answersOf, NO_ANSWER, softmax } from '../../insights/predictions.ts';
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { IMAGE_SIZE } from '../../model/dataset.ts';
import { INPUT, type LayerIndex } from '../../model/graph.ts';
import { FrozenNetwork } from '../../training/frozenNetwork.ts';
import {
  IMAGES,
  MOST_SHOWN,
  type CamAnswer,
  type FiltersAnswer,
  type GradCamAnswer,
  type GradCamAsked,
  type Heat,
  type LayerMaps,
  type MapsAnswer,
  type ShownImage,
  type Target,
} from './gradCam.ts';
import { shownLayer } from './layers.ts';

type CamAsked = Extract<GradCamAsked, { what: 'gradCam' }>;
type MapsAsked = Extract<GradCamAsked, { what: 'maps' }>;

export async function computeGradCam<T extends TensorLike>(
  look: Look<T>,
  asked: GradCamAsked,
): Promise<GradCamAnswer> {
  switch (asked.what) {
    case 'gradCam':
      return heatsOf(look, asked);
    case 'maps':
      return mapsOf(look, asked);
    case 'filters':
      return { kind: 'filters', nets: look.nets.map(filtersOf) };
  }
}

async function heatsOf<T extends TensorLike>(look: Look<T>, asked: CamAsked): Promise<CamAnswer> {
  const { tell, turn } = look;
  const images = await imagesOf(look, asked, IMAGES);
  const total = images.length * look.nets.length;
  const nets: CamAnswer['nets'] = [];
  for (const [n, net] of look.nets.entries()) {
    const layer = shownLayer(net.graph, asked.layer);
    if (typeof layer === 'string') {
      nets.push(null);
      continue;
    }
    const heats: Heat[] = [];
    // One at a time: the pass holds every layer's output, and a deep net has many.
    for (const [i, image] of images.entries()) {
      heats.push(await heatOf(look, net, layer, image, asked.target));
      tell(n * images.length + i + 1, total);
      await turn();
    }
    nets.push({ layer: net.graph.layers[layer]!.name, side: sideOf(heats[0]!.values.length), heats });
  }
  return { kind: 'gradCam', images, nets };
}

async function heatOf<T extends TensorLike>(
  { ops, images }: Look<T>,
  net: LookedNet<T>,
  layer: LayerIndex,
  { pixels, label }: ShownImage,
  asked: Target,
): Promise<Heat> {
  const { graph, layout } = net;
  const input = net.upload(await images.normalise(pixels, net.normalisation));
  const held: T[] = [input];
  const pass = new FrozenNetwork(ops, graph, layout).forward(net.parameters, net.statistics, input);
  try {
    const logits = await ops.download(pass.logits);
    const answered = answersOf(logits, graph.classes).classes[0]!;
    const answer = answered === NO_ANSWER ? null : answered;
    const target = typeof asked === 'number' ? asked : asked === 'label' ? (label ?? answer) : answer;
    const score = new Float32Array(graph.classes);
    // Where there is no class, nothing is asked: the gradients are zero, and the logits no numbers.
    if (target !== null) score[target] = 1;
    const dLogits = ops.upload(score, [1, graph.classes]);
    held.push(dLogits);
    const gradient = pass.backward(dLogits, { wanted: new Set([layer]) }).get(layer)!;
    held.push(gradient);
    const maps = pass.output(layer);
    const [mapValues, gradients] = await Promise.all([ops.download(maps), ops.download(gradient)]);
    const values = gradCam(mapValues, gradients, maps.shape.at(-1)!);
    return {
      answer,
      target,
      logit: target === null ? NaN : logits[target]!,
      probability: target === null ? NaN : softmax(logits)[target]!,
      values: target === null ? values.fill(NaN) : values,
    };
  } finally {
    pass.dispose();
    for (const tensor of held) ops.dispose(tensor);
  }
}

async function mapsOf<T extends TensorLike>(look: Look<T>, asked: MapsAsked): Promise<MapsAnswer> {
  const [image] = await imagesOf(look, asked, 1);
  const nets: MapsAnswer['nets'] = [];
  for (const net of look.nets) {
    const layer = shownLayer(net.graph, asked.layer);
    nets.push(typeof layer === 'string' ? null : await layerMapsOf(look, net, layer, image!));
    look.tell(nets.length, look.nets.length);
    await look.turn();
  }
  return { kind: 'maps', image: image!, nets };
}

async function layerMapsOf<T extends TensorLike>(
  { ops, images }: Look<T>,
  net: LookedNet<T>,
  layer: LayerIndex,
  { pixels }: ShownImage,
): Promise<LayerMaps> {
  const input = net.upload(await images.normalise(pixels, net.normalisation));
  let reading: { readonly channels: number; readonly numbers: ReturnType<typeof ops.download> } | undefined;
  try {
    const logits = net.logits(input, (at, output) => {
      if (at === layer) reading = { channels: output.shape.at(-1)!, numbers: ops.download(output) };
    });
    ops.dispose(logits);
    if (!reading) throw new Error(`layer ${layer} was not computed`);
    return describedMaps(net.graph.layers[layer]!.name, await reading.numbers, reading.channels);
  } finally {
    await reading?.numbers.catch(() => undefined);
    ops.dispose(input);
  }
}

/** `numbers` `[side, side, channels]` */
function describedMaps(layer: string, numbers: ArrayLike<number>, channels: number): LayerMaps {
  const positions = numbers.length / channels;
  const shown = Math.min(MOST_SHOWN, channels);
  const values = new Float64Array(shown * positions);
  const means = new Float64Array(channels);
  const largest = new Float64Array(channels).fill(-Infinity);
  const zeros = new Float64Array(channels);
  for (let i = 0; i < numbers.length; i++) {
    const [channel, position, value] = [i % channels, Math.floor(i / channels), numbers[i]!];
    if (channel < shown) values[channel * positions + position] = value;
    means[channel]! += value / positions;
    largest[channel] = Math.max(largest[channel]!, value);
    zeros[channel]! += Number(value === 0) / positions;
  }
  return { layer, side: sideOf(positions), channels, values, means, largest, zeros };
}

function filtersOf({ graph, layout, weights }: LookedNet<TensorLike>): FiltersAnswer['nets'][number] {
  const slot = layout.trainable.find(({ layer, role }) => role === 'filter' && graph.layers[layer]!.input === INPUT)!; // prettier-ignore
  const [kernel = 0, , colours = 0, filters = 0] = slot.shape;
  const count = Math.min(MOST_SHOWN, filters);
  const size = kernel * kernel * colours;
  const values = new Float64Array(count * size);
  for (let i = 0; i < slot.size; i++) {
    const filter = i % filters;
    if (filter < count)
      values[filter * size + Math.floor(i / filters)] = weights.parameters[slot.offset + i]!;
  }
  return { layer: graph.layers[slot.layer]!.name, kernel, count, filters, values };
}

/** The test images from the one that was asked for on, or the picture. */
async function imagesOf<T extends TensorLike>(
  { images }: Look<T>,
  { picture, image }: CamAsked | MapsAsked,
  most: number,
): Promise<ShownImage[]> {
  if (picture) return [{ number: null, label: null, pixels: picture }];
  const there = await images.count('test');
  // So that there are always as many: the last ones stand for what would be past the end.
  const first = Math.max(0, Math.min(image, there - most));
  const numbers = Uint32Array.from({ length: Math.min(most, there) }, (_, i) => first + i);
  const { pixels, labels } = await images.pixels('test', numbers);
  return Array.from(numbers, (number, i) => ({
    number,
    label: labels[i]!,
    pixels: pixels.slice(i * IMAGE_SIZE, (i + 1) * IMAGE_SIZE),
  }));
}

const sideOf = (positions: number): number => Math.sqrt(positions);
