/** Of the pictures that the page saves, in units of the picture: 16:9. */
export const PICTURE_WIDTH = 1600;
export const PICTURE_HEIGHT = 900;
/** Around all that is drawn. */
export const MARGIN = 64;
/** The size of names and of the last row: read from the last row of a room. */
export const LABEL = 28;
