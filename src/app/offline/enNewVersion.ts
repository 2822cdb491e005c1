/** The words of a new version of the page. */
export const newVersion = {
  ready: 'A new version of this page is ready.',
  whileTraining:
    'What trains goes on. The new version comes when the page is opened next, or here once nothing trains.',
  take: 'Load the new version',
};
