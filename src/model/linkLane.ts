/** Lanes as a link of version 1 writes them (link.ts). */
import type { LaneConfig, WarmUpConfig } from './config.ts';
import { modelName } from './families.ts';
import type { LaneFrom } from './laneFrom.ts';
import { unreadable } from './linkError.ts';
import { decodeOptimizer1, encodeOptimizer1, readNumber } from './linkOptimizer.ts';
import { decodeWarmUp1, encodeWarmUp1 } from './linkWarmUp.ts';

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
export const encodeLane1 = (
  { id, name, model, optimizer, warmUp, from }: LaneConfig,
  before: readonly LaneConfig[],
) =>
  [
    blockLetters[model.block],
    model.depth,
    model.shortcut === defaults1.shortcut ? '' : model.shortcut,
    model.width === defaults1.width ? '' : `x${model.width}`,
    optimizer === undefined ? '' : encodeOptimizer1(optimizer),
    warmUp === undefined ? '' : encodeOwnWarmUp1(warmUp),
    from === undefined ? '' : encodeFrom1(from, before),
    id === defaultId(model, before) ? '' : `@${id}`,
    name === '' ? '' : `~${encodeURIComponent(name)}`,
  ].join('');

/** What the schema is to judge. Throws LinkError for what is no lane at all. */
export function decodeLane1(text: string, before: readonly { id: string }[]) {
  const match =
    /^([prb])(\d{1,6})([ABC])?(?:x(\d{1,6}))?(?:!([^*:@~]*))?(?:\*([^:@~]*))?(?::([^@~]*))?(?:@([^~]*))?(?:~(.*))?$/s.exec(
      text,
    );
  if (!match) throw unreadable(text);
  const [
    ,
    letter,
    depthText,
    shortcut = defaults1.shortcut,
    widthText,
    optimizer,
    warmUpText,
    fromText,
    id,
    name = '',
  ] = match;
  const block = blocks[letter as keyof typeof blocks];
  const depth = Number(depthText);
  const width = widthText === undefined ? defaults1.width : Number(widthText);
  const own = optimizer === undefined ? undefined : decodeOptimizer1(optimizer);
  if (own === null) throw unreadable(optimizer ?? text);
  const warmUp =
    warmUpText === undefined
      ? undefined
      : decodeWarmUp1(warmUpText.charAt(0), warmUpText.slice(1).split('_'));
  if (warmUp === null) throw unreadable(warmUpText || text);
  const from = fromText === undefined ? undefined : decodeFrom1(fromText, before);
  if (from === null) throw unreadable(fromText ?? text);
  return {
    id: id ?? defaultId({ block, depth }, before),
    name: readName(name),
    model: { block, depth, shortcut, width },
    ...(own && { optimizer: own }),
    ...(warmUp && { warmUp }),
    ...(from && { from }),
  };
}

function encodeOwnWarmUp1(warmUp: WarmUpConfig): string {
  const [letter, ...values] = encodeWarmUp1(warmUp);
  return `*${letter}${values.join('_')}`;
}

const changeLetters = { n: 'steps', b: 'batchSize', s: 'seed' } as const;
const augmentCodes = { a0: 'none', a1: 'paper' } as const;

/** `:`, the number of the lane that it goes on from, counted from 1, and the step; then what is changed of the recipe. */
function encodeFrom1({ lane, step, changes }: LaneFrom, before: readonly LaneConfig[]): string {
  const numbers = Object.entries(changeLetters).flatMap(([letter, key]) =>
    changes[key] === undefined ? [] : [`${letter}${changes[key]}`],
  );
  const augment = Object.entries(augmentCodes).flatMap(([code, value]) =>
    value === changes.augment ? [code] : [],
  );
  const place = before.findIndex(({ id }) => id === lane) + 1;
  return `:${[place, step, ...numbers, ...augment].join('_')}`;
}

/** Null for what is none. Of a lane that is not there the id is that of none. */
function decodeFrom1(text: string, before: readonly { id: string }[]) {
  const [place = '', stepText = '', ...written] = text.split('_');
  const [number, step] = [readNumber(place), readNumber(stepText)];
  if (Number.isNaN(number) || Number.isNaN(step)) return null;
  const changes: Partial<Record<keyof LaneFrom['changes'], unknown>> = {};
  for (const part of written) {
    const letter = part.charAt(0);
    const value = isKey(augmentCodes, part) ? augmentCodes[part] : readNumber(part.slice(1));
    const key = isKey(augmentCodes, part)
      ? 'augment'
      : isKey(changeLetters, letter)
        ? changeLetters[letter]
        : null;
    if (key === null || Number.isNaN(value) || key in changes) return null;
    changes[key] = value;
  }
  return { lane: before[number - 1]?.id ?? '', step, changes };
}

const isKey = <T extends object>(of: T, key: PropertyKey): key is keyof T => Object.hasOwn(of, key);

function readName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw unreadable(encoded);
  }
}
