/** Grad-CAM (Selvaraju et al. 2017), out of a layer's maps and of the gradients that a class's score has for them. */

/**
 * Heat of a class at each position: relu(sum over channels of alpha_k A_k), alpha_k the mean over all positions of the score's gradient for
 * map k (equations 1 and 2). `maps` and `gradients` are `[positions, channels]`, the score is the logit, before softmax. The heat is in
 * logits: summed without the ReLU over a last layer's positions it is the logit less its bias. NaN where a number is none.
 */
export function gradCam(
  maps: ArrayLike<number>,
  gradients: ArrayLike<number>,
  channels: number,
): Float64Array<ArrayBuffer> {
  const positions = maps.length / channels;
  const alphas = new Float64Array(channels);
  for (let i = 0; i < maps.length; i++) alphas[i % channels]! += gradients[i]! / positions;
  const heat = new Float64Array(positions);
  for (let i = 0; i < maps.length; i++) {
    heat[Math.floor(i / channels)]! += alphas[i % channels]! * maps[i]!;
  }
  // Math.max keeps NaN.
  return heat.map((value) => Math.max(0, value));
}

/**
 * A square field made larger between its values, linearly, its corners' outer halves level (as the authors' own code resizes heat); row by
 * row, both. `side` and `to` are numbers of values along an edge.
 */
export function enlarged(field: ArrayLike<number>, side: number, to: number): Float64Array<ArrayBuffer> {
  const places = Array.from({ length: to }, (_, i) => {
    const at = Math.min(side - 1, Math.max(0, ((i + 0.5) * side) / to - 0.5));
    const before = Math.floor(at);
    return { before, after: Math.min(side - 1, before + 1), share: at - before };
  });
  const large = new Float64Array(to * to);
  places.forEach((y, row) => {
    places.forEach((x, column) => {
      const along = (line: number) => {
        const [a, b] = [field[line * side + x.before]!, field[line * side + x.after]!];
        return a + x.share * (b - a);
      };
      const [above, below] = [along(y.before), along(y.after)];
      large[row * to + column] = above + y.share * (below - above);
    });
  });
  return large;
}

/** Pearson's correlation of two fields of one size; NaN where one of them is level. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
