/**
 * How work is split between threads: every parallel kernel ends in `part, parts` and does the part-th share of its
 * rows or images. The split depends on nothing else, so a result depends on the number of threads alone.
 */

/** First item of a part's share; the share ends where the next part's begins. */
export function shareStart(items: i32, part: i32, parts: i32): i32 {
  return <i32>((<i64>items * part) / parts);
}

/**
 * Bytes of scratch for a kernel: `shared` by all parts, then `each` of a part's own. A float: more than the heap can hold is no
 * smaller number.
 */
export function scratchBytes(shared: usize, each: usize, parts: i32): f64 {
  return <f64>shared + <f64>each * <f64>parts;
}

/** Rows that are worked on together: 16 KB of them stay in the first cache. */
export function chunkRows(channels: i32): i32 {
  return max(4096 / channels, 1);
}
