/** How costs are written: as coarsely as they are known. */
import { duration, integer } from '../ui/format.ts';
import { units, wholeUnits } from './enExperiment.ts';

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

const scale = [
  { of: 86_400, from: 172_800, unit: 'day' },
  { of: 3600, from: 5400, unit: 'hour' },
  { of: 60, from: 90, unit: 'minute' },
  { of: 1, from: 0, unit: 'second' },
] as const;

function inUnit(seconds: number) {
  const { of, unit } = scale.find(({ from }) => seconds >= from) ?? scale[3];
  return { count: Math.max(1, Math.round(seconds / of)), unit };
}

/** In whole units, for what a person chooses by: "45 seconds", "3 minutes", "2 hours". */
export function wholeTime(seconds: number): string {
  const { count, unit } = inUnit(seconds);
  return wholeUnits[unit](count);
}

/** Whether two times are written alike, so that one is not to be said against the other. */
export const isAlike = (seconds: number, other: number): boolean => wholeTime(seconds) === wholeTime(other);

/** A time beside another one, whose unit it need not say again: of 14 minutes beside 3 minutes "14". */
export function timeBeside(seconds: number, other: number): string {
  const { count, unit } = inUnit(seconds);
  return unit === inUnit(other).unit ? integer(count) : wholeUnits[unit](count);
}
