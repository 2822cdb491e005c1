import type { Run } from '../state/run.ts';

/** Whether another tab trains it: runs that are kept without their curves have ended, or go on elsewhere. */
export const isElsewhere = ({ summary, state }: Run): boolean => summary !== null && state !== 'ended';
