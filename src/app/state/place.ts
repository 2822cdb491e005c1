/** The places of the page. One training session is behind all of them: going elsewhere never stops a run. */
export const places = ['start', 'lab', 'runs'] as const;

/** `start` asks one question; `lab` is where one trains and looks; `runs` lists what was trained. */
export type Place = (typeof places)[number];

/** The part of an address from `#` on; the lab's own is the link of its experiment, once there is one. */
export const placeAddress = (place: Place): string => (place === 'start' ? '#/' : `#/${place}`);

/** The place that a hash names; null if it names none. An address without a hash is the start. */
export function placeOf(hash: string): Place | null {
  if (hash === '' || hash === '#') return 'start';
  return places.find((place) => placeAddress(place) === hash) ?? null;
}

/** Which of the two nets of the first question someone thinks learns better. */
export const predictions = ['shallow', 'deep'] as const;
export type Prediction = (typeof predictions)[number];
