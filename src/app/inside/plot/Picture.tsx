import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { LookedAt } from '../view.ts';
import { KeyWidth, netKeyMore } from './NetKey.tsx';
import { panelMargin as margin } from './Panel.tsx';

interface Props {
  /** What is to be seen, for those who do not see it. */
  readonly label: string;
  /** Height in pixels for a width. */
  readonly height: (width: number) => number;
  /** The nets of its key (NetKey), if that may need more than a row: what is drawn moves down by what it takes more. */
  readonly keyed?: readonly LookedAt[];
  readonly children: (width: number, height: number) => ReactNode;
}

/** Before it has been measured, and in tests. */
const FIRST = 800;
const LEAST = 280;

/** One SVG as wide as there is room, in pixels of the page: letters keep their size. It is what a view is saved as. */
export function Picture({ label, height, keyed, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(FIRST);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(LEAST, Math.floor(entry.contentRect.width)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const extra = keyed ? netKeyMore(keyed, width - margin.left) : 0;
  const tall = height(width);
  return (
    <div ref={box}>
      <svg
        className="view-picture"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${tall + extra}`}
        width={width}
        height={tall + extra}
      >
        <KeyWidth value={keyed ? width : Infinity}>
          <g transform={extra > 0 ? `translate(0 ${extra})` : undefined}>{children(width, tall)}</g>
        </KeyWidth>
      </svg>
    </div>
  );
}
