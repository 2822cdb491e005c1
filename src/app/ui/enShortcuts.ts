/** Keys, and what each does. */
export const shortcutKeys = [
  ['Space', 'Pause or resume training'],
  ['\u2190 \u2192', 'Move the reading on a chart that has the focus; with Shift ten times as far'],
  ['+ \u2212', 'Zoom a chart that has the focus, around its reading; \u2191 \u2193 zoom its values'],
  ['0', 'Show the whole curves again'],
  ['Enter', 'Keep the reading of a chart that has the focus'],
  ['\u2193', 'Go into the card of a word that is open, to the words that are near'],
  ['Esc', 'Leave the zoom, put the reading away, leave full screen, close this list'],
  ['/', 'Search the runs, in their place'],
  ['?', 'Open this list'],
] as const;
