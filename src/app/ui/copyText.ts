/** The parts of a document that copying needs. */
export interface CopySurroundings {
  /** Absent on a page that came over plain http from another machine. */
  readonly clipboard: Pick<Clipboard, 'writeText'> | undefined;
  readonly document: Document;
}

/**
 * Copies a text: by the clipboard, and where the browser hides or refuses it as the Copy of a menu does. False if the browser allows
 * neither. To be called while a person's click is being handled.
 */
export async function copyText(text: string, around: CopySurroundings = here()): Promise<boolean> {
  const { clipboard } = around;
  if (!clipboard) return copySelected(text, around);
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, around);
  }
}

const here = (): CopySurroundings => ({
  clipboard: (navigator as { readonly clipboard?: Clipboard }).clipboard,
  document,
});

function copySelected(text: string, { document }: CopySurroundings): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  // In a modal dialog nothing outside of it can have the focus.
  (focused?.closest('dialog') ?? document.body).append(field);
  try {
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- on plain http there is no other
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
