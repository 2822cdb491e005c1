/** The exit status of a check that this machine cannot make; Automake's and Meson's convention. */
export const SKIPPED = 77;
