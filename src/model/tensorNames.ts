/** The names that other programs give to the same tensors, as this project has them (parameters.ts). */
import { isCount, shortened, WeightsError } from './safetensors.ts';

export interface RenamedTensors {
  /** The name in the file, by the name here. */
  readonly found: ReadonlyMap<string, string>;
  /** What was done to the names, in words. */
  readonly notes: readonly string[];
}

/** Components that wrappers put before a module's own: DataParallel, torch.compile, FSDP, activation checkpoints. */
const wrappers = new Set(['module', '_orig_mod', '_fsdp_wrapped_module', '_checkpoint_wrapped_module']);

/** Other names of the same modules, as in torchvision and in its descendants. */
const synonyms = [
  { theirs: /^(?:fc|classifier)(?=\.(?:weight|bias)$)/, ours: 'linear' },
  { theirs: /(?<=^layer\d+\.\d+\.)downsample(?=\.[01]\.)/, ours: 'shortcut' },
] as const;

/** A prefix that has more components than these is none. */
const DEEPEST_PREFIX = 16;

/** torch.optim.swa_utils.AveragedModel counts what it has averaged. */
const isAveraged = (name: string) => /(^|\.)n_averaged$/.test(name);

/**
 * The tensors of a file by the names that `wanted` has for them: without wrappers, without a prefix that all of them share,
 * synonyms replaced where the name itself is not there. Counts are left out. Throws {@link WeightsError} if two are the same.
 */
export function renameTensors(names: readonly string[], wanted: ReadonlySet<string>): RenamedTensors {
  const kept = names.filter((name) => !isCount(name) && !isAveraged(name));
  const bare = withoutPrefix(kept.map(withoutWrappers));
  const isThere = new Set(bare);
  const found = new Map<string, string>();
  const notes = new Set<string>();
  const left = leftOut(kept, bare);
  if (left !== null) notes.add(`\u201c${shortened(left)}\u201d is left out of its names`);
  kept.forEach((name, i) => {
    const own = ownName(bare[i]!, wanted, isThere, notes);
    const other = found.get(own);
    if (other !== undefined) {
      throw new WeightsError(
        `${shortened(other)} and ${shortened(name)} are both ${shortened(own)} here: which to take cannot be told.`,
        'misfit',
      );
    }
    found.set(own, name);
  });
  if (names.some(isAveraged)) notes.add('its n_averaged is left out');
  return { found, notes: [...notes] };
}

const withoutWrappers = (name: string) =>
  name
    .split('.')
    .filter((part) => !wrappers.has(part))
    .join('.');

/** Takes off what all names begin with, where a net is below it. */
function withoutPrefix(names: readonly string[]): readonly string[] {
  const parts = names.map((name) => name.split('.', DEEPEST_PREFIX));
  const [first = []] = parts;
  const depth = first.findIndex((part, i) => parts.some((others) => others[i] !== part));
  if (depth < 1) return names;
  const length = first.slice(0, depth).join('.').length + 1;
  const bare = names.map((name) => name.slice(length));
  return bare.includes('conv1.weight') && bare.some((name) => name.startsWith('layer1.')) ? bare : names;
}

function ownName(
  name: string,
  wanted: ReadonlySet<string>,
  isThere: ReadonlySet<string>,
  notes: Set<string>,
): string {
  if (wanted.has(name)) return name;
  for (const { theirs, ours } of synonyms) {
    const [match] = theirs.exec(name) ?? [];
    const own = name.replace(theirs, ours);
    if (match === undefined || isThere.has(own)) continue;
    notes.add(`its ${match} is read as ${ours}`);
    return own;
  }
  return name;
}

/** What was taken off: before the names where it is the same for all, else wrappers between their parts. Null for nothing. */
function leftOut(names: readonly string[], bare: readonly string[]): string | null {
  const prefixes = new Set(
    names.map((name, i) => (name.endsWith(bare[i]!) ? name.slice(0, name.length - bare[i]!.length) : null)),
  );
  const [only = ''] = prefixes;
  if (prefixes.size <= 1 && only !== null) return only || null;
  const parts = names.flatMap((name) => name.split('.')).filter((part) => wrappers.has(part));
  return [...new Set(parts)].map((part) => `${part}.`).join(', ') || null;
}
