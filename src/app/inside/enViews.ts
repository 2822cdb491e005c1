/** What stands in the list of views, before any of them is loaded. By the views' ids. */
export const viewNames: Readonly<Record<string, { readonly name: string; readonly teaser: string }>> = {
  signal: { name: 'Signal by depth', teaser: 'Does every layer respond, and does every layer hear?' },
  grow: { name: 'By construction', teaser: 'Could the deeper plain net be as good as the shallower one?' },
};
