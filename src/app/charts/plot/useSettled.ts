import { useEffect, useRef, useState } from 'react';
import { whenStill } from '../../state/paintClock.ts';
import { onWholePage } from './wholePage.ts';

/**
 * A value once it has stood still for `delay` milliseconds and the page is idle, or the whole page is printed; null before the first. For what takes
 * longer to draw than a frame. `isSame` must be the same function always.
 */
export function useSettled<T>(value: T, delay: number, isSame: (a: T, b: T) => boolean): T | null {
  const [settled, setSettled] = useState<T | null>(null);
  const latest = useRef(value);
  const [version, setVersion] = useState(0);
  useEffect(() => {
    if (isSame(latest.current, value)) return;
    latest.current = value;
    setVersion((known) => known + 1);
  }, [value, isSame]);
  useEffect(() => onWholePage('settle', () => setSettled(latest.current)), []);
  useEffect(() => whenStill(delay, () => setSettled(latest.current)), [version, delay]);
  return settled;
}
