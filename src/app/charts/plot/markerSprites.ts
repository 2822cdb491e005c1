/** Markers drawn once: dozens of small outlines filled and stroked for every frame cost more than the lines they lie on. */
import { markerOutlines } from '../../ui/Marker.tsx';
import type { LaneStyle } from '../../state/laneStyle.ts';

/** Half the size of a sprite, in CSS pixels: a marker's radius and its stroke. */
const REACH = 7;

const outlines = new Map<string, Path2D>();

/** A marker's outline about the origin, in CSS pixels. */
export function outlineOf({ marker }: LaneStyle): Path2D {
  let outline = outlines.get(marker);
  if (!outline) outlines.set(marker, (outline = new Path2D(markerOutlines[marker])));
  return outline;
}

const sprites = new Map<string, HTMLCanvasElement>();

/** Draws small hollow markers at `places` of a canvas whose unit is `ratio` pixels. */
export function stampHollow(
  context: CanvasRenderingContext2D,
  style: LaneStyle,
  places: readonly { readonly x: number; readonly y: number }[],
  ratio: number,
  [line, fill]: readonly [line: string, fill: string],
): void {
  if (places.length === 0) return;
  const key = [style.marker, line, fill, ratio].join();
  let sprite = sprites.get(key);
  if (!sprite) sprites.set(key, (sprite = draw(style, ratio, line, fill)));
  const size = sprite.width / ratio;
  // On whole pixels, or each would be resampled.
  const whole = (place: number) => Math.round((place - size / 2) * ratio) / ratio;
  for (const { x, y } of places) context.drawImage(sprite, whole(x), whole(y), size, size);
}

function draw(style: LaneStyle, ratio: number, line: string, fill: string): HTMLCanvasElement {
  const sprite = document.createElement('canvas');
  sprite.width = sprite.height = Math.ceil(2 * REACH * ratio);
  const context = sprite.getContext('2d');
  if (!context) return sprite;
  context.translate(sprite.width / 2, sprite.width / 2);
  context.scale(0.75 * ratio, 0.75 * ratio);
  context.fillStyle = fill;
  context.strokeStyle = line;
  context.lineWidth = 1.8;
  context.fill(outlineOf(style));
  context.stroke(outlineOf(style));
  return sprite;
}
