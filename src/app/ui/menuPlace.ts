/** Where a menu opens, and where its keys lead. */

/** Between a menu and its button, and between a menu and the window's edges, in pixels. */
const GAP = 4;
const EDGE = 8;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The top left corner of a menu, and how high it may be: ending where its button ends, below it, else above it, else over it where neither
 * has room; whole as long as the window has room at all.
 */
export function menuPlace(button: Box, menu: Size, window: Size) {
  const most = Math.max(0, window.height - 2 * EDGE);
  const height = Math.min(menu.height, most);
  const [below, above, lowest] = [
    button.bottom + GAP,
    button.top - GAP - height,
    window.height - EDGE - height,
  ];
  const left = Math.min(button.right - menu.width, window.width - EDGE - menu.width);
  return {
    left: Math.max(EDGE, left),
    top: Math.max(EDGE, below <= lowest ? below : above >= EDGE ? above : lowest),
    most,
  };
}

/** Puts an open menu to its place. */
export function placeMenu(menu: HTMLElement, button: Box): void {
  menu.style.maxHeight = '';
  const { width, height } = menu.getBoundingClientRect();
  const { left, top, most } = menuPlace(
    button,
    { width, height },
    { width: innerWidth, height: innerHeight },
  );
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
  menu.style.maxHeight = `${most}px`;
}

/** The item to which a key leads from item `at`, of `count`; -1 is none. Null: the key is none of a menu's. */
export function nextItem(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return at <= 0 ? count - 1 : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
