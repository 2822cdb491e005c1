import { describe, expect, test } from 'vitest';
import { run } from './testing/command.ts';

describe('npm run wgsl', () => {
  test('lists the labels, and prints the source of each, quoted or not', async () => {
    const list = await run('wgsl', '--depth', '8', '--batch', '4');
    expect([list.code, list.stderr]).toEqual([0, '']);
    const label = 'pad shortcut, stride 2, 32x32 16->32';
    expect(list.stdout).toContain(`"${label}"  layer2.0.shortcut\n`);
    const [quoted, unquoted] = await Promise.all([run('wgsl', label), run('wgsl', ...label.split(' '))]);
    expect([quoted.code, quoted.stderr]).toEqual([0, '']);
    expect(quoted.stdout).toContain('@group(0) @binding(0) var<storage, read_write> y: array<vec4f>;\n');
    expect(unquoted).toEqual(quoted);
  });

  test('takes the net, the adapter and the precision', async () => {
    const options =
      '--block bottleneck --depth 11 --width 8 --adapter software --precision f16 --optimizer adam';
    const [layer, optimizer] = await Promise.all([
      run('wgsl', 'layer1.0.conv3', ...options.split(' ')),
      run('wgsl', 'adam, width 4', ...options.split(' ')),
    ]);
    expect([layer.code, layer.stderr]).toEqual([0, '']);
    expect(layer.stdout).toContain('// conv forward 1x1 stride 1 of any size, by 4->4, x in f16, y in f16, ');
    expect(layer.stdout).toContain('array<vec2u>');
    expect(optimizer.stdout).toContain('hyper.secondCorrection');
  });

  test.each([
    [
      ['layer9'],
      /^no kernel or layer of this net is called "layer9": the nearest are "layer\S+", "\S+", "\S+"\n$/,
    ],
    [['--depth', '21'], /^model\.depth: depth 21 does not exist: .* nearest: 20 or 26\n$/],
    [
      ['--depth', '18'],
      /^model\.depth: depth 18 does not exist: ResNet-18 is of the paper's ImageNet family/,
    ],
    [['--adapter', 'cpu'], /^--adapter must be one of gpu, software, quads, not "cpu"\n$/],
    [
      ['pool', '--dept', '8'],
      /^--dept is no option: --depth is\n.*\nusage: npm run wgsl -- \[LABEL\] \[--depth N\]/,
    ],
  ])('refuses %j in words, with exit status 2', async (args, words) => {
    const { code, stdout, stderr } = await run('wgsl', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(words);
  });
});
