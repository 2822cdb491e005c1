/** The block that the host describes a convolution or a shortcut by, and what follows from it. */
import { ShapeWord } from '../shapeWord';

/** A pointer with names. Read what a loop needs into a local first: every access is a load. */
@unmanaged
export class Shape {
  get batch(): i32 {
    return wordOf(this, ShapeWord.batch);
  }
  /** Of x; that of y is `rows`. */
  get height(): i32 {
    return wordOf(this, ShapeWord.height);
  }
  /** Of x; that of y is `columns`. */
  get width(): i32 {
    return wordOf(this, ShapeWord.width);
  }
  get inputs(): i32 {
    return wordOf(this, ShapeWord.inputs);
  }
  get outputs(): i32 {
    return wordOf(this, ShapeWord.outputs);
  }
  /** Side of the filter. */
  get kernel(): i32 {
    return wordOf(this, ShapeWord.kernel);
  }
  get stride(): i32 {
    return wordOf(this, ShapeWord.stride);
  }
  get rows(): i32 {
    return (this.height + this.stride - 1) / this.stride;
  }
  get columns(): i32 {
    return (this.width + this.stride - 1) / this.stride;
  }
}

function wordOf(shape: Shape, word: ShapeWord): i32 {
  return load<i32>(changetype<usize>(shape) + ((<usize>word) << 2));
}
