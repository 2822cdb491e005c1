/** The words of the page's frame. */
export const title = 'Residual Playground';
export const skipToPlace = 'Skip to the content';

export const help = {
  open: 'Words and keyboard shortcuts',
  heading: 'The words of this page, and its keys',
  shortcuts: 'Keyboard shortcuts',
};

export const footer = {
  text: 'Everything runs in this page: the images come to you, and nothing that you do leaves this machine.',
  sources: 'Sources',
};
