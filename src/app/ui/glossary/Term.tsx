import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { lazyPart } from '../parts/lazyPart.tsx';
import type { TermId } from './enGlossary.ts';
import { terms as words } from './enTerms.ts';
import { placeCard } from './placeCard.ts';

const TermText = lazyPart('TermText', () => import('./TermText.tsx').then((module) => module.TermText), {
  small: true,
  meanwhile: words.loading,
});

type Props = { readonly id: TermId } & (
  | { readonly children: ReactNode }
  /** For where the term is a control itself: a small sign that stands beside it. */
  | { readonly beside: string }
);

/**
 * A term that says what it means, in a card beside it: pressed, by Enter or by Space. It closes by the same, by Escape, by a press
 * elsewhere, and when another opens; the focus stays where it is; arrow down leads into the card, to the terms
 * that are near.
 */
export function Term(props: Props) {
  /** What the card stands beside; null while there is none. */
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const isOpen = anchor !== null;
  /** The press that hides the card of an open term must not open it again. */
  const wasOpen = useRef(false);
  const isSign = 'beside' in props;

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (isOpen && event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('.term-card button')?.focus();
      return;
    }
    const closes = isOpen && event.key === 'Escape';
    if (event.key !== 'Enter' && event.key !== ' ' && !closes) return;
    // Escape leaves the dialog around it only when no card is open.
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) setAnchor(isOpen ? null : event.currentTarget);
  }

  return (
    <>
      {/* No <button>: settings that are locked while something trains disable those, and a label may hold none. */}
      <span
        role="button"
        tabIndex={0}
        className={isSign ? 'term-sign' : 'term'}
        data-term={props.id}
        aria-label={isSign ? words.what(props.beside) : undefined}
        aria-expanded={isOpen}
        onPointerDown={() => {
          wasOpen.current = isOpen;
        }}
        onClick={(event) => {
          // The label around it does not pass the press on to its field.
          event.preventDefault();
          setAnchor(isOpen || wasOpen.current ? null : event.currentTarget);
          wasOpen.current = false;
        }}
        onKeyDown={onKeyDown}
        onBlur={({ relatedTarget }) => {
          // Into the card itself, whose links lead on, it may go.
          if (relatedTarget instanceof Element && !relatedTarget.closest('.term-card')) setAnchor(null);
        }}
      >
        {isSign ? words.sign : props.children}
      </span>
      {anchor && <Card id={props.id} anchor={anchor} onClose={() => setAnchor(null)} />}
    </>
  );
}

interface CardProps {
  readonly id: TermId;
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
}

function Card({ id, anchor, onClose }: CardProps) {
  const card = useRef<HTMLDivElement>(null);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const element = card.current;
    if (!element) return;
    element.showPopover();
    const place = () => {
      const at = anchor.getBoundingClientRect();
      const view = document.documentElement;
      if (at.bottom < 0 || at.top > view.clientHeight) {
        close();
        return;
      }
      const { width, height } = element.getBoundingClientRect();
      const { left, top } = placeCard(at, { width, height }, { width: view.clientWidth, height: view.clientHeight }); // prettier-ignore
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
    };
    place();
    const sizes = new ResizeObserver(place);
    sizes.observe(element);
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      sizes.disconnect();
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
      element.hidePopover();
    };
  }, [anchor]);
  // In the dialog where its term stands, which leaves all else out of reach, but not in the label or heading.
  return createPortal(
    <div
      ref={card}
      popover="auto"
      role="status"
      className="term-card"
      onBlur={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof Element && !currentTarget.contains(relatedTarget)) onClose();
      }}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
    >
      <TermText id={id} />
    </div>,
    anchor.closest('dialog') ?? document.body,
  );
}
