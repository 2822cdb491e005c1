/** Where a card stands beside what it explains. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between the card and what it explains, and between it and the edge of the window. */
const GAP = 6;
const EDGE = 12;

/**
 * In CSS pixels of the window: below `anchor`, above it where there is no room below, and always inside of the window. A card that is
 * larger than the window begins at its edge.
 */
export function placeCard(
  anchor: Pick<DOMRect, 'left' | 'top' | 'bottom'>,
  card: Size,
  view: Size,
): { readonly left: number; readonly top: number } {
  const within = (wanted: number, size: number, room: number) =>
    Math.max(EDGE, Math.min(wanted, room - EDGE - size));
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - card.height;
  const fitsBelow = below + card.height <= view.height - EDGE;
  const wanted = fitsBelow || above < EDGE ? below : above;
  return {
    left: within(anchor.left, card.width, view.width),
    top: within(wanted, card.height, view.height),
  };
}
