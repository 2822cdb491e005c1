/** Lanes as a link of version 1 writes them (link.ts). */
import type { LaneConfig } from './config.ts';
import { modelName } from './families.ts';
import { unreadable } from './linkError.ts';
import { decodeOptimizer1, encodeOptimizer1 } from './linkOptimizer.ts';

const blocks = { p: 'plain', r: 'basic', b: 'bottleneck' } as const;
const blockLetters = { plain: 'p', basic: 'r', bottleneck: 'b' } as const;

const defaults1 = { width: 16, shortcut: 'A' } as const;

/** The id that a lane has if nothing else is said: its net's, numbered where it is taken. */
function defaultId(model: Pick<LaneConfig['model'], 'block' | 'depth'>, before: readonly { id: string }[]) {
  const name = modelName(model).toLowerCase();
  for (let i = 1; ; i++) {
    const id = i === 1 ? name : `${name}-${i}`;
    if (!before.some((lane) => lane.id === id)) return id;
  }
}

/** `before` are the lanes that stand before it. */
export const encodeLane1 = ({ id, name, model, optimizer }: LaneConfig, before: readonly LaneConfig[]) =>
  [
    blockLetters[model.block],
    model.depth,
    model.shortcut === defaults1.shortcut ? '' : model.shortcut,
    model.width === defaults1.width ? '' : `x${model.width}`,
    optimizer === undefined ? '' : encodeOptimizer1(optimizer),
    id === defaultId(model, before) ? '' : `@${id}`,
    name === '' ? '' : `~${encodeURIComponent(name)}`,
  ].join('');

/** What the schema is to judge. Throws LinkError for what is no lane at all. */
export function decodeLane1(text: string, before: readonly { id: string }[]) {
  const match = /^([prb])(\d{1,6})([ABC])?(?:x(\d{1,6}))?(?:!([^@~]*))?(?:@([^~]*))?(?:~(.*))?$/s.exec(text);
  if (!match) throw unreadable(text);
  const [, letter, depthText, shortcut = defaults1.shortcut, widthText, optimizer, id, name = ''] = match;
  const block = blocks[letter as keyof typeof blocks];
  const depth = Number(depthText);
  const width = widthText === undefined ? defaults1.width : Number(widthText);
  const own = optimizer === undefined ? undefined : decodeOptimizer1(optimizer);
  if (own === null) throw unreadable(optimizer ?? text);
  return {
    id: id ?? defaultId({ block, depth }, before),
    name: readName(name),
    model: { block, depth, shortcut, width },
    ...(own && { optimizer: own }),
  };
}

function readName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw unreadable(encoded);
  }
}
