/** One canvas a frame: together they would hold the page for longer than one. */

const waiting: (() => void)[] = [];

/** Calls `draw` with one of the next frames, after those that wait already. The function that it gives takes it back. */
export function inTurn(draw: () => void): () => void {
  waiting.push(draw);
  if (waiting.length === 1) requestAnimationFrame(next);
  return () => {
    const place = waiting.indexOf(draw);
    if (place >= 0) waiting.splice(place, 1);
  };
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) requestAnimationFrame(next);
}
