import { describe, expect, test } from 'vitest';
import { createReferenceOps } from './reference.ts';

const PART = { offset: 2, size: 4, shape: [2, 2] };

function given() {
  const ops = createReferenceOps();
  return { ops, upload: (...values: number[]) => ops.upload(Float64Array.from(values), [values.length]) };
}

describe('elementwise', () => {
  test('add, multiply and average', () => {
    const { ops, upload } = given();
    const [a, b] = [upload(1, 2), upload(10, 20)];
    expect([...ops.multiply(a, b).data]).toEqual([10, 40]);
    expect([...ops.average(a, b, 0.5, 0.25).data]).toEqual([3, 6]);
    expect([...ops.add(b, upload(1, 2)).data]).toEqual([11, 22]);
  });
});

describe('flat tensors', () => {
  test('view gives a part its shape, pack puts it back with zeros around it', () => {
    const { ops, upload } = given();
    const part = ops.view(upload(9, 9, 1, 2, 3, 4, 9), PART);
    expect(part).toEqual({ shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
    expect([...ops.pack([part], [PART], 7).data]).toEqual([0, 0, 1, 2, 3, 4, 0]);
  });

  test('refuses parts that do not fit', () => {
    const { ops, upload } = given();
    const flat = upload(1, 2, 3, 4, 5);
    expect(() => ops.view(flat, PART)).toThrow(RangeError);
    expect(() => ops.pack([flat], [PART], 7)).toThrow(RangeError);
  });
});

describe('life of a tensor', () => {
  test('tensorCount counts what was made and not disposed', () => {
    const { ops, upload } = given();
    const a = upload(1, 2);
    const product = ops.multiply(a, a);
    expect(ops.tensorCount()).toBe(2);
    ops.dispose(a);
    ops.dispose(product);
    expect(ops.tensorCount()).toBe(0);
  });

  test('a tensor cannot be disposed twice, nor used afterwards', () => {
    const { ops, upload } = given();
    const a = upload(1);
    ops.dispose(a);
    expect(() => ops.dispose(a)).toThrow('disposed twice');
    expect(() => ops.add(a, a)).toThrow('after it was gone');
  });

  test('average and add consume their first argument', () => {
    const { ops, upload } = given();
    const [a, b] = [upload(1), upload(2)];
    const average = ops.average(a, b, 0.9, 0.1);
    expect(() => ops.add(b, a)).toThrow('after it was gone');
    ops.add(average, b);
    expect(() => ops.multiply(b, average)).toThrow('after it was gone');
    expect(ops.tensorCount()).toBe(2);
  });

  test('a view is gone with its flat tensor, and can still be disposed', () => {
    const { ops, upload } = given();
    const flat = upload(1, 2, 3, 4, 5, 6);
    const view = ops.view(flat, PART);
    ops.dispose(flat);
    expect(() => ops.add(view, view)).toThrow('after it was gone');
    ops.dispose(view);
    expect(ops.tensorCount()).toBe(0);
  });

  test('what was downloaded is a copy', async () => {
    const { ops, upload } = given();
    const a = upload(1);
    (await ops.download(a))[0] = 7;
    expect([...(await ops.download(a))]).toEqual([1]);
  });
});
