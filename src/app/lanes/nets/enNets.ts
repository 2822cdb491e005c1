/** The words of the drawing of the nets. */
import { integer } from '../../ui/format.ts';

export const nets = {
  more: (count: number) => `\u00d7${integer(count)}`,
  picture: (name: string, blocks: number, shortcuts: boolean) =>
    `${name}: three stages of ${integer(blocks)} blocks each, ${shortcuts ? 'each with a shortcut around it' : 'without shortcuts'}.`,
};
