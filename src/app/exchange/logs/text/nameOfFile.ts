/** What a run is called of which the file says nothing: the file without its ending. */
export const nameOfFile = (file: string): string => file.replace(/\.[^.]*$/, '');
