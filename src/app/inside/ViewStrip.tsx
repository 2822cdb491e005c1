import { useEffect, useRef } from 'react';
import { viewNames } from './enViews.ts';
import { views } from './views.ts';

interface Props {
  readonly chosen: string;
  readonly choose: (view: string) => void;
}

/** All views in a row, of which the chosen one is in sight, however narrow the page is or becomes. */
export function ViewStrip({ chosen, choose }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const strip = list.current;
    if (!strip) return;
    const resized = new ResizeObserver(() => showChosen(strip));
    // It tells at once, too.
    resized.observe(strip);
    return () => resized.disconnect();
  }, [chosen]);
  return (
    <ul className="inside-views" ref={list}>
      {views.map(({ id }) => (
        <li key={id}>
          <button type="button" aria-pressed={id === chosen} onClick={() => choose(id)}>
            <b>{viewNames[id]?.name}</b>
            <span>{viewNames[id]?.teaser}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Moves the strip, and not the page, by as little as shows the chosen view whole. */
function showChosen(strip: HTMLElement): void {
  const button = strip.querySelector('[aria-pressed="true"]');
  if (!button) return;
  const [own, all] = [button.getBoundingClientRect(), strip.getBoundingClientRect()];
  if (own.left < all.left) strip.scrollLeft -= all.left - own.left;
  else if (own.right > all.right) strip.scrollLeft += own.right - all.right;
}
