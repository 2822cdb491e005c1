/** The id of the input of a field. */
export const fieldId = (field: string) => `field-${field}`;

/** Milliseconds that a field may take to come, where its part of the page is on its way. */
const PATIENCE = 10_000;

/** Opens every group around a field, brings it into view and gives it the focus, as soon as it is there. */
export function revealField(field: string): void {
  if (show(field)) return;
  const observer = new MutationObserver(() => {
    if (show(field)) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), PATIENCE);
}

function show(field: string): boolean {
  const input = document.getElementById(fieldId(field));
  if (!input) return false;
  for (let element = input.parentElement; element; element = element.parentElement) {
    if (element instanceof HTMLDetailsElement) element.open = true;
  }
  input.scrollIntoView({ block: 'center' });
  input.focus({ preventScroll: true });
  return true;
}
