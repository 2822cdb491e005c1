/** How costs are written: as coarsely as they are known. */
import { duration } from '../ui/format.ts';
import { units } from './enExperiment.ts';

/** "120 MB", "1.4 GB" */
export const memory = (bytes: number): string =>
  bytes < 1e9 ? units.megabytes(bytes / 1e6) : units.gigabytes(Math.round(bytes / 1e8) / 10);

/** "0.31 s", "24 ms" */
export const stepTime = (seconds: number): string =>
  seconds < 0.1
    ? units.milliseconds(Number((1000 * seconds).toPrecision(2)))
    : units.seconds(Number(seconds.toPrecision(2)));

/** Coarse: whole minutes above three, whole hours above ten, days above two. */
export function roughDuration(seconds: number): string {
  if (seconds < 180) return duration(seconds);
  if (seconds < 36_000) return duration(60 * Math.round(seconds / 60));
  const hours = seconds / 3600;
  return hours < 48 ? units.hours(hours) : units.days(hours / 24);
}
