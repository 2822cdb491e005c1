import { moduleOf } from '../../src/kernels/webgpu/wgsl/kernel.ts';
import { UsageError } from '../commandError.ts';
import { distance } from '../distance.ts';
import type { KernelUse } from './netKernels.ts';

/** How many names an error offers. */
const OFFERED = 3;

const WHOLE_NET = 'the whole net';

/** A label a line, in the order in which kernels are first run, and the layers that run it. */
export function listKernels(uses: readonly KernelUse[]): string {
  return [...byLabel(uses)]
    .map(([label, of]) => {
      const [first, ...others] = new Set(of.map(({ layer }) => layer ?? WHOLE_NET));
      return `"${label}"  ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
    })
    .join('\n');
}

/** The source of the kernel of that label, or of those that the layer of that name runs. Throws {@link UsageError} with the nearest names. */
export function kernelSources(uses: readonly KernelUse[], name: string): string {
  const named = uses.filter(({ kernel, layer }) => kernel.label === name || layer === name);
  if (named.length === 0) throw new UsageError(unknown(uses, name));
  return [...byLabel(named)].map(([label, of]) => sourceText(label, of)).join('\n\n');
}

/** Kernels of one label have one source. */
function sourceText(label: string, uses: readonly KernelUse[]): string {
  const runs = uses.map(({ layer, kernel: { workgroups, bindings } }) => {
    const bound = bindings.sizes?.bound;
    const [x, y] = workgroups;
    return `// ${layer ?? WHOLE_NET}: ${x} x ${y} workgroups${bound ? `, sizes ${bound.join(', ')}` : ''}`;
  });
  return [`// ${label}`, ...new Set(runs), moduleOf(uses[0]!.kernel).trim()].join('\n');
}

function byLabel(uses: readonly KernelUse[]): ReadonlyMap<string, readonly [KernelUse, ...KernelUse[]]> {
  const groups = new Map<string, [KernelUse, ...KernelUse[]]>();
  for (const use of uses) {
    const group = groups.get(use.kernel.label);
    if (group) group.push(use);
    else groups.set(use.kernel.label, [use]);
  }
  return groups;
}

function unknown(uses: readonly KernelUse[], name: string): string {
  const names = new Set(
    uses.flatMap(({ kernel, layer }) => [kernel.label, ...(layer === null ? [] : [layer])]),
  );
  const nearest = [...names].toSorted((a, b) => misfit(name, a) - misfit(name, b)).slice(0, OFFERED);
  return `no kernel or layer of this net is called "${name}": the nearest are ${nearest.map((near) => `"${near}"`).join(', ')}`;
}

/** How far `name` is from `other`, or from what `other` begins with; less where it is a part of it. */
function misfit(name: string, other: string): number {
  if (name !== '' && other.includes(name)) return 0;
  return Math.min(distance(other, name), distance(other.slice(0, name.length), name) + 1);
}
