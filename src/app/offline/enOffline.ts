/** The words of what is kept in this browser. */
import type { KeepError } from '../../client/keptData.ts';
import type { KeptData } from '../../protocol/keptData.ts';
import { integer, megabytes, sentence } from '../ui/format.ts';

export const threads = {
  ready: 'Threads are ready: they come when this page is loaded again.',
  take: 'Load it again',
};

const parts = ({ shards, allShards }: KeptData) => `${integer(shards)} of ${integer(allShards)} parts`;
const size = ({ bytes, allBytes }: KeptData) => `${megabytes(bytes)} of ${megabytes(allBytes)} MB`;

export const keptData = {
  heading: 'Without a network',
  looking: 'Looking what of CIFAR-10 is kept in this browser\u2009\u2026',
  some: (kept: KeptData) =>
    `Images that were used stay in this browser: ${parts(kept)} of CIFAR-10 now, ${size(kept)}. With all of them every experiment trains without a network.`,
  all: ({ allBytes }: KeptData) =>
    `All of CIFAR-10 is kept in this browser, ${megabytes(allBytes)} MB: every experiment trains without a network.`,
  mayGo: 'The browser may give it up when the disk is full.',
  keeping: (kept: KeptData) => `Keeping CIFAR-10: ${parts(kept)}, ${size(kept)}.`,
  bar: 'CIFAR-10 kept',
  keep: (bytes: number) => `Keep all of CIFAR-10 here (${megabytes(bytes)} MB)`,
  again: 'Try again',
  cancel: 'Cancel',
  remove: (bytes: number) => `Remove ${megabytes(bytes)} MB`,
  why: ({ trouble, message }: Pick<KeepError, 'trouble' | 'message'>): string =>
    ({
      full: 'This browser has no room for all of CIFAR-10. What is kept stays, and the rest comes over the network. Free some of the disk, then try again.',
      denied:
        'This browser keeps nothing for this page: a private window, a setting, or plain http from another machine. Training needs the network.',
      unreachable:
        'Not all of CIFAR-10 can be had: this browser is offline, or the server does not answer. What is kept stays. Try again when the network is back.',
      damaged: `A part of CIFAR-10 is not what it should be. ${sentence(message)} What is kept stays.`,
      worker: `What keeps the images has failed. ${sentence(message)} What is kept stays.`,
    })[trouble],
};
