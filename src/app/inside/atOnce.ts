/** Multiply-adds that one thread of WebAssembly does in a few seconds: a look that costs more says so, and waits to be asked for. */
export const AT_ONCE = 25e9;
