import { binding } from '../wgsl/bindings.ts';
import { FLAT_MAIN, type Kernel, WORKGROUP_SIZE, flatGrid } from '../wgsl/kernel.ts';
import { teamMemory, teamOf, teamSum } from '../wgsl/team.ts';
import { typeOf, widthOf } from '../wgsl/wgsl.ts';

/** Sums of a workgroup that works in teams: enough for its reads to be in order. */
const TEAM_SUMS = 8;

/** `[parts, size]` -> `[size]`: the sum over the parts. */
export function sumParts(size: number, cooperative: boolean): Kernel {
  const width = widthOf(size);
  const type = typeOf(width);
  const team = teamOf(TEAM_SUMS, cooperative);
  const sums = WORKGROUP_SIZE / team;
  return {
    label: `sum parts, width ${width}, team of ${team}`,
    bindings: {
      outputs: [binding('sums', type, '[size]')],
      inputs: [binding('parts', type, '[parts, size]')],
    },
    wgsl: () => `
${teamMemory(team, type, ['sum'])}
${FLAT_MAIN}
  let size = i32(arrayLength(&sums));
  let at = index / ${WORKGROUP_SIZE} * ${sums} + index % ${sums};
  let member = index % ${WORKGROUP_SIZE} / ${sums};
  var sum = ${type}();
  if (at < size) {
    for (var i = at + member * size; i < i32(arrayLength(&parts)); i += size * ${team}) {
      sum = sum + parts[i];
    }
  }
  ${teamSum(team, ['sum'])}
  if (at < size && member == 0) { sums[at] = sum; }
}`,
    workgroups: flatGrid((size / width) * team),
  };
}
