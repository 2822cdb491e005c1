/** What stands in the list of views, before any of them is loaded. By the views' ids. */
export const viewNames: Readonly<Record<string, { readonly name: string; readonly teaser: string }>> = {
  signal: { name: 'Signal by depth', teaser: 'Does every layer respond, and does every layer hear?' },
  cut: { name: 'Cut, swap, dial', teaser: 'What does a net lose with one of its blocks?' },
};
