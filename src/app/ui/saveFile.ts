/** Hands a file to the browser, which saves it where the person wants it. */
export function saveFile(content: BlobPart, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers begin to read a moment after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The moment of an event: the page has no other clock. */
export const momentOf = (event: { readonly timeStamp: number }): Date =>
  new Date(performance.timeOrigin + event.timeStamp);
