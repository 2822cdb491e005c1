/** How many lanes a device trains at once; the others wait for a place. */

/** What is known of a device. */
export interface Machine {
  /** Whether lanes run on its processor, each on a core or more. */
  readonly processor: boolean;
  readonly cores: number;
  /** What the browser says of its memory, GiB; it never says more than eight. Undefined where it says nothing. */
  readonly deviceGibibytes: number | undefined;
  /** The most that one lane can have, and one tensor; without them nothing is known to bound it. */
  readonly laneBytes?: number;
  readonly tensorBytes?: number;
}

/** Lanes that share a graphics card: each has a command queue and buffers of its own. */
const GPU_LANES = 8;
/** Lanes that a processor is always given, so that a comparison of four nets grows together. */
const LEAST_LANES = 4;
const GIBIBYTE = 2 ** 30;
/** Where the browser does not tell. */
const USUAL_GIBIBYTES = 8;

/** What a device can hold at once. */
export interface Room {
  readonly lanes: number;
  /** Of all lanes together, as model/shapes.ts predicts them. */
  readonly bytes: number;
  /** Bytes of one lane at its peak, and of one tensor, beyond which it cannot be held at all (model/unfit.ts); Infinity if unknown. */
  readonly laneBytes: number;
  readonly tensorBytes: number;
}

/** A lane's WebAssembly heap cannot grow beyond this: 32-bit addresses, and as much in each build that tf.js has. */
export const WASM_HEAP_BYTES = 2 ** 32;

/** Half of the memory at most is for training. */
export function roomOf({
  processor,
  cores,
  deviceGibibytes = USUAL_GIBIBYTES,
  laneBytes = Infinity,
  tensorBytes = Infinity,
}: Machine): Room {
  return {
    lanes: processor ? Math.max(LEAST_LANES, cores) : GPU_LANES,
    bytes: (deviceGibibytes * GIBIBYTE) / 2,
    laneBytes,
    tensorBytes,
  };
}

/** Whether a lane of `bytes` gets in beside those of `held` bytes each. One that finds nobody there always does. */
export function hasRoom(
  { lanes, bytes: most }: Pick<Room, 'lanes' | 'bytes'>,
  held: readonly number[],
  bytes: number,
): boolean {
  if (held.length === 0) return true;
  const all = held.reduce((sum, one) => sum + one, bytes);
  return held.length < lanes && all <= most;
}

/** How many of an experiment's lanes, of these bytes each, start at once; the others wait. */
export function startingLanes(room: Pick<Room, 'lanes' | 'bytes'>, lanes: readonly number[]): number {
  const first = lanes.findIndex((bytes, i) => !hasRoom(room, lanes.slice(0, i), bytes));
  return first < 0 ? lanes.length : first;
}
