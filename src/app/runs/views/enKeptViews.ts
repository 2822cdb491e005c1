/** The words about views into nets that are kept with a run. */
import { dayAndTime, integer, joined } from '../../ui/format.ts';

export const keptViews = {
  heading: 'Views',
  /** "Signal by depth, after step 500" */
  title: (name: string, step: number) => `${name}, after step ${integer(step)}`,
  made: (moment: Date, size: string | null) => joined(' \u00b7 ', `kept ${dayAndTime(moment)}`, size),
  open: 'Open the view',
  openOf: (title: string) => `Open the view: ${title}`,
  enlarge: (title: string) => `Enlarge the picture: ${title}`,
  remove: (title: string) => `Remove the kept view: ${title}`,
  picture: (title: string) => `The picture of ${title}`,
  coming: 'The picture is on its way.',
  noPicture: 'Its picture was too large to be kept.',
  unreadable: 'Its picture cannot be read. What the view said is here, and the view can be opened.',
  noRoom: 'There is no room left in this browser: free some in Runs, or save the picture as a file.',
  notKept: 'This browser keeps nothing for this page now: save the picture as a file.',
  full: (run: string, most: number) =>
    `${run} has ${integer(most)} kept views, and no more are kept with a run: remove one of them in Runs first.`,
};
