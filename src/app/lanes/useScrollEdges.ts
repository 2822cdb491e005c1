import { useEffect, type RefObject } from 'react';

/** Marks an element that scrolls with what there is to scroll to: `data-before`, `data-after`. Looked at again when `content` changes. */
export function useScrollEdges(ref: RefObject<HTMLElement | null>, content: unknown): void {
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const look = () => {
      const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = element;
      const left = Math.max(scrollWidth - clientWidth - scrollLeft, scrollHeight - clientHeight - scrollTop);
      element.toggleAttribute('data-before', scrollLeft + scrollTop > 1);
      element.toggleAttribute('data-after', left > 1);
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [ref, content]);
}
