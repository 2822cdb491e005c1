/** The rate at which a net that diverged is tried again: a tenth, to four digits. */
export const lowerRate = (rate: number): number => Number((rate / 10).toPrecision(4));
