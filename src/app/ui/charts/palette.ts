import type { Palette } from './drawCurves.ts';

/** What a colour of styles/tokens.css is in the theme that is seen: tokens hold light-dark(), which only the page resolves. */
export const resolveColor: Palette = (token) => {
  const key = themeSeen();
  if (key !== theme) {
    theme = key;
    known.clear();
  }
  let color = known.get(token);
  if (color === undefined) {
    const probe = document.createElement('span');
    probe.style.color = `var(${token})`;
    document.body.append(probe);
    ({ color } = getComputedStyle(probe));
    probe.remove();
    known.set(token, color);
  }
  return color;
};

const known = new Map<string, string>();
let theme = '';

const DARK = '(prefers-color-scheme: dark)';
const themeSeen = () => `${document.documentElement.dataset['theme']} ${matchMedia(DARK).matches}`;

/** All that a canvas must be drawn again for, as a value: the theme, and the pixels of the screen in one of CSS. */
export const appearance = (): string => `${themeSeen()} ${devicePixelRatio}`;

/** Tells of every change of the appearance. */
export function onAppearance(tell: () => void): () => void {
  const scheme = matchMedia(DARK);
  const themes = new MutationObserver(tell);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  scheme.addEventListener('change', tell);
  // Zooming the page changes its pixels, and its size with them.
  addEventListener('resize', tell);
  return () => {
    themes.disconnect();
    scheme.removeEventListener('change', tell);
    removeEventListener('resize', tell);
  };
}
