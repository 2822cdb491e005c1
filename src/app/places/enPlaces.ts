/** The words of the places and of the way between them. */
import type { Place } from '../state/place.ts';

export const nav = {
  label: 'Places',
  names: { start: 'Start', lab: 'Lab', runs: 'Runs' } satisfies Record<Place, string>,
};

export const lab = {
  views: 'Views',
  curves: 'Curves',
  inside: 'Inside',
  settings: 'Settings',
  moment: 'A moment of a run',
  net: 'The net',
  close: 'Close the settings',
  everything: 'Show everything',
  everythingHint: 'Also sizes, memory, hashes and speeds. This browser remembers it.',
};

export const runsPlace = {
  filter: 'Which runs',
  recordings: 'Recorded runs',
};
