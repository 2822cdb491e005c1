/** Maps as batch norm sees them: positions (N x H x W) by channels. */
import { type Sizes, sizesOf } from '../wgsl/sizes.ts';
import { type Width, widthOf } from '../wgsl/wgsl.ts';

export interface ChannelShape {
  readonly positions: number;
  readonly channels: number;
  readonly width: Width;
  /** Vectors of channels. */
  readonly groups: number;
}

export function channelShape(shape: readonly number[]): ChannelShape {
  const channels = shape.at(-1)!;
  const width = widthOf(channels);
  const positions = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  return { positions, channels, width, groups: channels / width };
}

/**
 * What a kernel of batch norm knows its vectors of channels by, `sizes.groups`, and its label. Where invocations do not cooperate,
 * on software adapters, all layers have one kernel (sizes.ts).
 */
export function groupSizes({ groups, width }: ChannelShape, cooperative: boolean): Sizes & { label: string } {
  const inUniform = !cooperative;
  return {
    label: inUniform ? `channels in vectors of ${width}` : `${groups} x ${width} channels`,
    ...sizesOf({ groups }, inUniform),
  };
}

/** Positions are summed in chunks: enough to keep a device busy, few enough to be merged quickly. */
const MAX_CHUNKS = 256;
const MIN_CHUNK = 16;

/** Chunks that there are: none is empty. Kernels divide positions by them as this function does, rounding up. */
export function chunksOf(positions: number): number {
  const size = Math.ceil(positions / Math.min(MAX_CHUNKS, Math.ceil(positions / MIN_CHUNK)));
  return Math.ceil(positions / size);
}

/** Positions that one invocation of an elementwise kernel handles, so that it reads what belongs to the channels once. */
export const POSITIONS_EACH = 8;

/**
 * WGSL: an elementwise kernel's loop over the positions of one vector of channels. Sets `c`, and runs `body` with `at`,
 * the index of each vector in `map`; `setup` comes before the loop.
 */
export function positionLoop(map: string, setup: string, body: string): string {
  return `
  let positions = i32(arrayLength(&${map})) / sizes.groups;
  let span = (positions + ${POSITIONS_EACH - 1}) / ${POSITIONS_EACH};
  if (index >= span * sizes.groups) { return; }
  let c = index % sizes.groups;
  ${setup}
  for (var position = index / sizes.groups; position < positions; position += span) {
    let at = position * sizes.groups + c;
    ${body}
  }`;
}

/** Invocations of a {@link positionLoop}. */
export function positionInvocations({ positions, groups }: ChannelShape): number {
  return Math.ceil(positions / POSITIONS_EACH) * groups;
}
