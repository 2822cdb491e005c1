import type { Palette } from './drawCurves.ts';

/** What a colour of ui/styles/tokens.css is in the theme that is seen: tokens hold light-dark(), which only the page resolves. */
export const resolveColor: Palette = (token) => {
  watchAppearance();
  let color = known.get(token);
  if (color === undefined) {
    const probe = document.createElement('span');
    // Where the system gives all colours, those that mean something stay, and the others are the system's.
    const system = isForced() ? systemColors[token] : undefined;
    probe.style.forcedColorAdjust = 'none';
    probe.style.color = system ?? `var(${token})`;
    document.body.append(probe);
    ({ color } = getComputedStyle(probe));
    probe.remove();
    known.set(token, color);
  }
  return color;
};

const FORCED = '(forced-colors: active)';
const systemColors: Readonly<Record<string, string>> = {
  '--paper': 'Canvas',
  '--card': 'Canvas',
  '--ink': 'CanvasText',
  '--soft': 'CanvasText',
  '--faint': 'GrayText',
  '--edge': 'CanvasText',
  '--rule': 'GrayText',
};

/** Whether the system gives the colours: then lines have to be told apart without them. */
export const isForced = (): boolean => matchMedia(FORCED).matches;

const known = new Map<string, string>();
const listeners = new Set<() => void>();
let version = 0;
let isWatched = false;

/** A number that is another after every change of what canvases must be drawn again for: the theme, the screen's pixels. */
export const appearance = (): number => version;

/** Tells of every change of the appearance. */
export function onAppearance(tell: () => void): () => void {
  watchAppearance();
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** The page has one appearance as long as it is open: once watched it stays so. */
export function watchAppearance(): void {
  if (isWatched) return;
  isWatched = true;
  const change = () => {
    version++;
    known.clear();
    for (const tell of listeners) tell();
  };
  new MutationObserver(change).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', change);
  matchMedia(FORCED).addEventListener('change', change);
  // On paper the page is light.
  matchMedia('print').addEventListener('change', change);
  // Zooming the page changes its pixels, and its size with them.
  addEventListener('resize', change);
}
