import { useEffect, useState } from 'react';

/** How many recorded runs there are to be shown; null before that is known, and where the list cannot be had, which it says itself. */
export function useRecordedCount(): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    let isGone = false;
    import('./readRecordings.ts')
      .then(({ fetchRecording, readIndex }) => readIndex(fetchRecording))
      .then(
        ({ length }) => {
          if (!isGone) setCount(length);
        },
        () => undefined,
      );
    return () => {
      isGone = true;
    };
  }, []);
  return count;
}
