/**
 * The focus never falls to the document: where the element that has it leaves, or is locked, what stands in its place gets it. One
 * rule for the whole page, so that no component needs to know what else is there. A click beside all controls lets go of it, as ever.
 */

/** Where an element was: before `next` in `parent`, or at its end. */
interface Place {
  readonly parent: Element;
  readonly next: Node | null;
}

/** An element that has, or had, the focus. */
interface Held {
  readonly element: Element;
  /** Where it was, once it is gone. */
  place: Place | null;
}

const FOCUSABLE =
  'button, input, select, textarea, summary, a[href], [tabindex]:not([tabindex="-1"]), [contenteditable="true"]';

/** Says by selectors, the best first, who follows when the focus leaves with this element. */
const FOLLOWS = 'data-focus-next';

const isInDialog = (element: Element) => element.closest('dialog') !== null;

const canHold = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.isConnected &&
  !element.matches(':disabled, [inert] *') &&
  element.checkVisibility({ visibilityProperty: true });

const follows = (node: Node, other: Node) =>
  Boolean(node.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

/** What is nearest to a place and can be focused: behind it, else before it, in the smallest surroundings that have one. */
function nearest({ parent, next }: Place): HTMLElement | null {
  const isBehind = (element: Element) =>
    next?.isConnected
      ? next.contains(element) || follows(next, element)
      : !parent.contains(element) && follows(parent, element);
  for (let scope: Element | null = parent; scope; scope = scope.parentElement) {
    const able = [...scope.querySelectorAll(FOCUSABLE)].filter(canHold);
    const found = able.find(isBehind) ?? able.at(-1);
    if (found) return found;
  }
  return null;
}

/** The place in the document that is left of where `held` was. */
function placeOf({ element, place }: Held): Place | null {
  if (place) return place;
  const parent = element.parentElement;
  return parent && { parent, next: element.nextSibling };
}

export function keepFocus(document: Document): void {
  /** What has the focus. */
  let current: Held | null = null;
  /** What had it before a dialog took it, the outermost first. */
  let outer: Held[] = [];

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return;
    const came = target.closest('dialog');
    if (current && came && !came.contains(current.element)) outer.push(current);
    if (!came) outer = [];
    current = { element: target, place: null };
  });
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget) return;
    // What leaves the document is still in it now.
    queueMicrotask(() => {
      if (current && document.activeElement === document.body && canHold(current.element)) current = null;
    });
  });

  function follow(held: Held, records: readonly MutationRecord[]): void {
    for (const { target, removedNodes, nextSibling } of records) {
      if (!(target instanceof Element)) continue;
      const lost = held.place?.parent ?? held.element;
      if ([...removedNodes].some((node) => node.contains(lost)))
        held.place = { parent: target, next: nextSibling };
      // What stood behind it went, too.
      else if (held.place?.next && [...removedNodes].includes(held.place.next))
        held.place = { parent: held.place.parent, next: nextSibling };
    }
    // It was only moved.
    if (held.element.isConnected) held.place = null;
  }

  function heirOf(held: Held): HTMLElement | null {
    if (canHold(held.element)) return held.element;
    const named = held.element.closest(`[${FOLLOWS}]`)?.getAttribute(FOLLOWS)?.split(',') ?? [];
    for (const selector of named) {
      const wanted = [...document.querySelectorAll(selector)].find(canHold);
      if (wanted) return wanted;
    }
    const place = placeOf(held);
    return place && nearest(place);
  }

  function restore(): void {
    const { activeElement } = document;
    const isHeld = activeElement !== null && activeElement !== document.body && canHold(activeElement);
    if (!current || isHeld) return;
    // With a dialog that is gone, what opened it is next.
    while (isInDialog(current.element) && current.place && !current.place.parent.closest('dialog')) {
      const opener = outer.pop();
      if (!opener) break;
      current = opener;
    }
    const heir = heirOf(current);
    heir?.focus({ preventScroll: true });
    // Who walks by keyboard has to see where they are; who points at something keeps what they look at.
    if (heir?.matches(':focus-visible')) heir.scrollIntoView({ block: 'nearest' });
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  new MutationObserver((records) => {
    for (const held of [...outer, ...(current ? [current] : [])]) follow(held, records);
    // Not now: a dialog that closes is about to give the focus back.
    clearTimeout(timer);
    timer = setTimeout(restore);
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled', 'inert', 'hidden', 'open'],
  });
}
