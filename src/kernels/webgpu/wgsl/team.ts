/**
 * Reductions: sums over many numbers, for each of some channels. On a GPU the invocations of a workgroup share each sum, as a
 * team; where barriers are ruinous a team is one invocation.
 */
import { WORKGROUP_SIZE } from './kernel.ts';

/** Members of a team when a workgroup makes `sums` sums: 1 where that does not come out even. */
export function teamOf(sums: number, cooperative: boolean): number {
  return cooperative && WORKGROUP_SIZE % sums === 0 ? WORKGROUP_SIZE / sums : 1;
}

/** WGSL: module variables for {@link teamSum}. */
export function teamMemory(team: number, type: string, names: readonly string[]): string {
  if (team === 1) return '';
  return names.map((name) => `var<workgroup> ${name}OfAll: array<${type}, ${WORKGROUP_SIZE}>;`).join('\n');
}

/**
 * WGSL: adds the variables `names` up over each team, so that all its members have the sum. A workgroup's invocations are
 * numbered with the sum first: `local % sums`.
 */
export function teamSum(team: number, names: readonly string[]): string {
  if (team === 1) return '';
  const sums = WORKGROUP_SIZE / team;
  const each = (line: (name: string) => string) => names.map(line).join('\n    ');
  return `
  workgroupBarrier();
  ${each((name) => `${name}OfAll[local] = ${name};`)}
  for (var half = ${WORKGROUP_SIZE / 2}u; half >= ${sums}u; half /= 2u) {
    workgroupBarrier();
    if (local < half) {
      ${each((name) => `${name}OfAll[local] = ${name}OfAll[local] + ${name}OfAll[local + half];`)}
    }
  }
  workgroupBarrier();
  ${each((name) => `${name} = ${name}OfAll[local % ${sums}u];`)}`;
}
