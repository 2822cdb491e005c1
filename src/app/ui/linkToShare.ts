/** The page's address for others: without what was asked of this machine's devices, which theirs may lack. */
export function linkToShare(href: string): string {
  const url = new URL(href);
  for (const key of ['backend', 'precision']) url.searchParams.delete(key);
  return url.href;
}
