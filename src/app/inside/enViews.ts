/** What stands in the list of views, before any of them is loaded. By the views' ids. */
export const viewNames: Readonly<Record<string, { readonly name: string; readonly teaser: string }>> = {
  architecture: { name: 'Architecture', teaser: 'What is being compared, layer by layer?' },
  signal: { name: 'Signal by depth', teaser: 'Does every layer respond, and does every layer hear?' },
  shattered: { name: 'Shattered gradients', teaser: 'How soon does a net\u2019s gradient forget itself?' },
  predictions: { name: 'Predictions', teaser: 'What do the nets answer, and where do they differ?' },
  weights: { name: 'Weights and activations', teaser: 'What values do filters take, and what comes out?' },
  grow: { name: 'By construction', teaser: 'Could the deeper plain net be as good as the shallower one?' },
  landscape: { name: 'Loss landscape', teaser: 'How rough is the ground on which each net stands?' },
  blocks: { name: 'Block by block', teaser: 'What would a net say if it stopped here?' },
  gradCam: { name: 'What it looks at', teaser: 'Where in the picture does each net find its answer?' },
  cut: { name: 'Cut, swap, dial', teaser: 'What does a net lose with one of its blocks?' },
};
