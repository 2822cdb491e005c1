import { PNG } from 'pngjs';
import { afterEach, expect, test, vi } from 'vitest';
import { closeCamera, openCamera } from './camera.ts';
import { picture as words } from './enPicture.ts';
import { MOST_BYTES, PictureError, readPicture } from './readPicture.ts';

afterEach(() => vi.unstubAllGlobals());

const png = (width: number, height: number) => Uint8Array.from(PNG.sync.write(new PNG({ width, height })));
/** A header that promises more than there is. */
function promising(width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = png(4, 4);
  new DataView(file.buffer).setUint32(16, width);
  new DataView(file.buffer).setUint32(20, height);
  return file;
}

test('what is no picture, or too large a one, is refused by its reason before it is decoded', async () => {
  const decode = vi.fn();
  vi.stubGlobal('createImageBitmap', decode);
  const refused = (content: BlobPart, name = 'a.png') =>
    expect(readPicture(new Blob([content]), name)).rejects;
  await refused('<svg/>').toThrow(new PictureError(words.noPicture.drawing('a.png')));
  await refused('hello').toThrow(new PictureError(words.noPicture.unknown('a.png')));
  await refused('').toThrow(new PictureError(words.noPicture.empty('a.png')));
  await refused(promising(20_000, 20_000)).toThrow('20,000\u00d720,000 pixels');
  await refused(promising(1, 70_000_000)).toThrow('at most 64,000,000');
  const huge = { size: MOST_BYTES + 1 } as Blob;
  await expect(readPicture(huge, 'b.tif')).rejects.toThrow('b.tif has 40.0 MB');
  expect(decode).not.toHaveBeenCalled();
});

test('a file that has gone, and one that the browser cannot decode, are told apart', async () => {
  const gone = { size: 9, arrayBuffer: () => Promise.reject(new Error('NotReadableError')) };
  await expect(readPicture(gone as unknown as Blob, 'a.png')).rejects.toThrow(words.unread('a.png'));
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('no')));
  await expect(readPicture(new Blob([png(4, 4)]), 'a.png')).rejects.toThrow(words.undecoded('a.png', 'PNG'));
});

test.each([
  ['NotAllowedError', words.cameraFaults.denied],
  ['NotFoundError', words.cameraFaults.none],
  ['NotReadableError', words.cameraFaults.busy],
  ['TypeError', words.cameraFaults.failed('why')],
])('a camera that fails with %s is told by its reason', async (name, said) => {
  const error = Object.assign(new Error('why'), { name });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.reject(error) } });
  await expect(openCamera()).rejects.toThrow(new PictureError(said));
});

test('where a page gets no camera it says what that takes; one that is closed stops every track', async () => {
  vi.stubGlobal('navigator', {});
  await expect(openCamera()).rejects.toThrow(new PictureError(words.cameraFaults.missing));
  const tracks = [{ stop: vi.fn() }, { stop: vi.fn() }];
  closeCamera({ getTracks: () => tracks } as unknown as MediaStream);
  for (const { stop } of tracks) expect(stop).toHaveBeenCalledOnce();
});
