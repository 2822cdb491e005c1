/** What moments take up, and pictures of kept views. */
import type { Moment, Moments } from '../../state/keeping.ts';
import type { Run } from '../../state/run.ts';

export const bytesOf = (moments: readonly Moment[]): number =>
  moments.reduce((sum, { bytes }) => sum + bytes, 0);

export const bytesOfMoments = (moments: Moments): number =>
  [...moments.values()].reduce((sum, some) => sum + bytesOf(some), 0);

export const pictureBytes = ({ views }: Pick<Run, 'views'>): number =>
  views.reduce((sum, { picture }) => sum + (picture?.bytes ?? 0), 0);
