/** In which order training images are used. It follows from the seed alone, never from the network. */
import type { RecipeConfig } from '../model/config.ts';
import { createRandom } from '../model/random.ts';

export type OrderSettings = Pick<RecipeConfig, 'seed' | 'order'>;

/** The order in which the first epoch needs the training shards, and so in which they are best loaded. */
export function shardOrder({ seed, order }: OrderSettings, shards: number): Uint32Array {
  if (order === 'sequential') return Uint32Array.from({ length: shards }, (_, i) => i);
  return createRandom(seed).fork('order', 'shards').permutation(shards);
}

/**
 * The order in which training needs the shards that goes on after `used` images: those that the first epoch has used up come last. In a
 * later epoch, which takes images from all of them, one order is as good as another.
 */
export function shardOrderFrom(
  settings: OrderSettings,
  used: number,
  shardImages: readonly number[],
): readonly number[] {
  const order = [...shardOrder(settings, shardImages.length)];
  let left = used;
  const first = order.findIndex((shard) => (left -= shardImages[shard]!) < 0);
  return first < 0 ? order : [...order.slice(first), ...order.slice(0, first)];
}

/**
 * The images of an epoch (from 0) by their numbers in the training set, each exactly once. Shuffled, the first epoch
 * takes shard after shard in a random order and shuffles within each, so that training starts as soon as one shard
 * is there; a later epoch is a permutation of all images. `shardImages` are the shards' image counts.
 */
export function epochOrder(
  settings: OrderSettings,
  epoch: number,
  shardImages: readonly number[],
): Uint32Array {
  const total = shardImages.reduce((sum, images) => sum + images, 0);
  if (settings.order === 'sequential') return Uint32Array.from({ length: total }, (_, i) => i);
  const random = createRandom(settings.seed).fork('order');
  if (epoch > 0) return random.fork('epoch', epoch).permutation(total);

  const starts = shardStarts(shardImages);
  const order = new Uint32Array(total);
  let filled = 0;
  for (const shard of shardOrder(settings, shardImages.length)) {
    const within = random.fork('shard', shard).permutation(shardImages[shard]!);
    for (const place of within) order[filled++] = starts[shard]! + place;
  }
  return order;
}

/** The number of each shard's first image. */
export function shardStarts(shardImages: readonly number[]): readonly number[] {
  let start = 0;
  return shardImages.map((images) => (start += images) - images);
}
