/** The id of the input of a field. */
export const fieldId = (field: string) => `field-${field}`;

/** Opens every group around a field, brings it into view and gives it the focus. */
export function revealField(field: string): void {
  const input = document.getElementById(fieldId(field));
  for (let element = input?.parentElement; element; element = element.parentElement) {
    if (element instanceof HTMLDetailsElement) element.open = true;
  }
  input?.scrollIntoView({ block: 'center' });
  input?.focus({ preventScroll: true });
}
