import { useEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  /** What is to be seen, for those who do not see it. */
  readonly label: string;
  /** Height in pixels for a width. */
  readonly height: (width: number) => number;
  readonly children: (width: number, height: number) => ReactNode;
}

/** Before it has been measured, and in tests. */
const FIRST = 800;
const LEAST = 280;

/** One SVG as wide as there is room, in pixels of the page: letters keep their size. It is what a view is saved as. */
export function Picture({ label, height, children }: Props) {
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
  const tall = height(width);
  return (
    <div ref={box}>
      <svg
        className="view-picture"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${tall}`}
        width={width}
        height={tall}
      >
        {children(width, tall)}
      </svg>
    </div>
  );
}
