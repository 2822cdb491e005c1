/** CIFAR-10 (Krizhevsky 2009, chapter 3): what every part of the project knows of it. */

/** Side of the square images, in pixels. */
export const IMAGE_SIDE = 32;

export const CHANNELS = 3;

/** Numbers in one image, `[32, 32, 3]`. */
export const IMAGE_SIZE = IMAGE_SIDE * IMAGE_SIDE * CHANNELS;

export const TRAINING_IMAGES = 50_000;
export const TEST_IMAGES = 10_000;

/** By the numbers that stand for them in labels. */
export const classNames = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;
