import { deadlines } from '../model/deadlines.ts';
import type { Clock } from '../model/clock.ts';

/**
 * Calls `look` every {@link deadlines.look} seconds until the returned function is called, with the seconds since the last time. A page
 * that slept, or whose timers the browser slows down, has not been waiting for all of that time, and its workers may have slept as well:
 * it counts as no more than two looks.
 */
export function poll(look: (seconds: number) => void, clock: Clock): () => void {
  let last = clock.seconds();
  const timer = setInterval(() => {
    const now = clock.seconds();
    const gone = Math.min(now - last, 2 * deadlines.look);
    last = now;
    look(gone);
  }, 1000 * deadlines.look);
  return () => clearInterval(timer);
}
