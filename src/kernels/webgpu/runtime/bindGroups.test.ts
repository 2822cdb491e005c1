import { expect, test, vi } from 'vitest';
import { BindGroups } from './bindGroups.ts';

const buffer = () => ({}) as GPUBuffer;
function pipelineOf(layout: object) {
  const getBindGroupLayout = vi.fn(() => layout);
  return { getBindGroupLayout, pipeline: { getBindGroupLayout } as unknown as GPUComputePipeline };
}

function groups() {
  const createBindGroup = vi.fn((descriptor: GPUBindGroupDescriptor) => ({ descriptor }) as unknown as GPUBindGroup); // prettier-ignore
  return { createBindGroup, known: new BindGroups({ createBindGroup }) };
}

test('what is bound again is the same group, made once', () => {
  const { createBindGroup, known } = groups();
  const layout = {};
  const { pipeline } = pipelineOf(layout);
  const [a, b] = [buffer(), buffer()];
  const group = known.of('kernel', pipeline, [{ buffer: a }, { buffer: b, offset: 256, size: 16 }]);
  expect(known.of('kernel', pipeline, [{ buffer: a }, { buffer: b, offset: 256, size: 16 }])).toBe(group);
  expect(createBindGroup.mock.calls).toEqual([
    [
      {
        label: 'kernel',
        layout,
        entries: [
          { binding: 0, resource: { buffer: a } },
          { binding: 1, resource: { buffer: b, offset: 256, size: 16 } },
        ],
      },
    ],
  ]);
});

test('another pipeline, buffer, order, offset or size is another group', () => {
  const { createBindGroup, known } = groups();
  const { pipeline, getBindGroupLayout } = pipelineOf({});
  const [a, b] = [buffer(), buffer()];
  const all = [
    known.of('one', pipeline, [{ buffer: a }, { buffer: b }]),
    // A kernel may be compiled twice.
    known.of('one', pipelineOf({}).pipeline, [{ buffer: a }, { buffer: b }]),
    known.of('one', pipeline, [{ buffer: b }, { buffer: a }]),
    known.of('one', pipeline, [{ buffer: a }, { buffer: buffer() }]),
    known.of('one', pipeline, [{ buffer: a }, { buffer: b, offset: 256 }]),
    known.of('one', pipeline, [{ buffer: a }, { buffer: b, size: 256 }]),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(createBindGroup).toHaveBeenCalledTimes(all.length);
  expect(getBindGroupLayout).toHaveBeenCalledTimes(1);
});

test('those of buffers that come no more do not pile up', () => {
  const { createBindGroup, known } = groups();
  const { pipeline } = pipelineOf({});
  const a = buffer();
  const first = known.of('kernel', pipeline, [{ buffer: a }]);
  for (let i = 0; i < 10_000; i++) known.of('kernel', pipeline, [{ buffer: buffer() }]);
  expect(known.of('kernel', pipeline, [{ buffer: a }])).not.toBe(first);
  expect(createBindGroup).toHaveBeenCalledTimes(10_002);
});
