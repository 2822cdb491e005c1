/** What is said about a picture that a person brings. */
import { integer, megabytes } from '../../ui/format.ts';

export const picture = {
  legend: 'Your picture',
  choose: 'Choose a file',
  drop: 'or drop a picture here, or paste one',
  camera: 'Camera',
  take: 'Take the picture',
  stop: 'Close the camera',
  seen: 'What the camera sees',
  remove: 'Remove it',
  stays: 'It stays in this page: nothing of it is sent anywhere, kept, or put into a link.',
  taken: (name: string) => `${name} was taken: its middle square, 32\u00d732.`,
  removed: 'Your picture is gone.',
  shot: 'The camera\u2019s picture',
  pasted: 'The pasted picture',
  nothingPasted: 'There is no picture in what you pasted. Copy the picture itself, not its address.',
  nothingDropped: 'There is no file in what you dropped. Save the picture first, and drop its file.',
  several: (name: string) => `Of several files the first, ${name}, was looked at.`,
  reading: 'Reading\u2026',
  before: 'Nothing has changed.',
  tooManyBytes: (name: string, bytes: number, most: number) =>
    `${name} has ${megabytes(bytes)} MB, and at most ${megabytes(most)} MB are taken. Save it smaller.`,
  tooManyPixels: (name: string, width: number, height: number, most: number) =>
    `${name} has ${integer(width)}\u00d7${integer(height)} pixels, and at most ${integer(most)} are taken. Save it smaller: the nets see 32\u00d732 of them.`,
  unread: (name: string) => `${name} could not be read. If it was moved or changed, choose it again.`,
  animated: (name: string) => `${name} is animated, and a net answers one picture. Save one frame of it.`,
  undecoded: (name: string, format: string) =>
    `${name} begins as ${format}, but this browser cannot read it: it may be damaged. Save it as PNG or JPEG.`,
  noPicture: {
    empty: (name: string) => `${name} is empty.`,
    drawing: (name: string) => `${name} is a drawing (SVG), not a picture of pixels. Save it as PNG.`,
    foreign: (name: string) => `${name} is of a kind that browsers do not read. Save it as PNG or JPEG.`,
    unknown: (name: string) => `${name} is no picture. PNG, JPEG, WebP, GIF, BMP and AVIF are taken.`,
    damaged: (name: string) =>
      `${name} is damaged: it does not say how large it is. Save it anew as PNG or JPEG.`,
  },
  noPixels:
    'This browser changes the pixels of pictures against tracking, so the nets would not see yours. Allow this page to read pictures, or use another browser.',
  cameraFaults: {
    missing:
      'This browser gives this page no camera: that takes an address that begins with https, or localhost.',
    denied:
      'The camera was not allowed. Allow it in the browser\u2019s settings of this page, or choose a file.',
    none: 'There is no camera. Choose a file.',
    busy: 'The camera could not be started: another program may be using it.',
    failed: (why: string) => `The camera failed. ${why}`,
  },
};
