import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefCallback } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { nextItem, placeMenu } from './menuPlace.ts';

export interface MenuItem {
  /** Unique in its menu. */
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  /** Why it cannot be chosen now. It stays in the menu, and can be read. */
  readonly why?: string | undefined;
  readonly onChoose: () => void;
}

interface Props {
  readonly label: string;
  /** What the menu is about, above its items. */
  readonly heading?: string;
  readonly details?: readonly string[];
  readonly items: () => readonly MenuItem[];
  /** The button, for who hands it the focus. */
  readonly ref?: RefCallback<HTMLButtonElement>;
}

/**
 * A button that opens a menu (ARIA practices, "menu button"): arrow keys, Home and End walk, Enter and Space choose, Escape, Tab and a
 * press beside it close. The menu is a popover: whatever scrolls or clips around the button does not clip it.
 */
export function MenuButton({ label, ref, ...menu }: Props) {
  /** Which item has the focus at first; null while it is closed. */
  const [first, setFirst] = useState<'first' | 'last' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (givesFocus: boolean) => {
    if (givesFocus) button.current?.focus();
    setFirst(null);
  };
  return (
    <>
      <button
        ref={(element) => {
          button.current = element;
          return ref?.(element);
        }}
        type="button"
        className="icon-button menu-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={first !== null}
        aria-controls={first === null ? undefined : id}
        onClick={() => setFirst(first === null ? 'first' : null)}
        onKeyDown={(event) => {
          if (first !== null || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
          event.preventDefault();
          setFirst(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        <Icon name="more" />
      </button>
      {first !== null && (
        <Menu {...menu} id={id} label={label} first={first} button={button} onClose={close} />
      )}
    </>
  );
}

const itemsOf = (box: Element | null) => [...(box?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

interface MenuProps extends Omit<Props, 'ref'> {
  readonly id: string;
  readonly first: 'first' | 'last';
  readonly button: { readonly current: HTMLButtonElement | null };
  readonly onClose: (givesFocus: boolean) => void;
}

function Menu({ id, label, heading, details = [], items, first, button, onClose }: MenuProps) {
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const [element, opener] = [box.current, button.current];
    if (!element || !opener) return;
    element.showPopover();
    const place = () => placeMenu(element, opener.getBoundingClientRect());
    place();
    itemsOf(element)
      .at(first === 'first' ? 0 : -1)
      ?.focus({ preventScroll: true });
    // In the capture phase: what scrolls need not be the page.
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [button, first]);

  useLayoutEffect(() => {
    const press = ({ target }: PointerEvent) => {
      if (!(target instanceof Node)) return;
      // The button closes by its own click.
      if (!box.current?.contains(target) && !button.current?.contains(target)) onClose(false);
    };
    document.addEventListener('pointerdown', press, true);
    return () => document.removeEventListener('pointerdown', press, true);
  });

  const walk = (event: KeyboardEvent) => {
    // Tab goes on from the button.
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      onClose(true);
      return;
    }
    const all = itemsOf(box.current);
    const next = nextItem(event.key, all.findIndex((item) => item === document.activeElement), all.length); // prettier-ignore
    if (next === null) return;
    event.preventDefault();
    all[next]?.focus();
  };

  return (
    <div ref={box} popover="manual" className="menu" onKeyDown={walk}>
      {(heading !== undefined || details.length > 0) && (
        <div className="menu-head" id={`${id}-head`}>
          {heading !== undefined && <b>{heading}</b>}
          {details.map((detail) => (
            <span key={detail}>{detail}</span>
          ))}
        </div>
      )}
      <div
        role="menu"
        id={id}
        aria-label={label}
        aria-describedby={heading === undefined ? undefined : `${id}-head`}
        onBlur={({ relatedTarget }) => {
          if (!(relatedTarget instanceof Node) || button.current?.contains(relatedTarget)) return;
          if (!box.current?.contains(relatedTarget)) onClose(false);
        }}
      >
        {items().map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-disabled={item.why !== undefined}
            onPointerMove={({ currentTarget, pointerType }) => {
              if (pointerType === 'mouse') currentTarget.focus({ preventScroll: true });
            }}
            onClick={() => {
              if (item.why !== undefined) return;
              onClose(true);
              item.onChoose();
            }}
          >
            <Icon name={item.icon} />
            <span>{item.label}</span>
            {item.why !== undefined && <small>{item.why}</small>}
          </button>
        ))}
      </div>
    </div>
  );
}
