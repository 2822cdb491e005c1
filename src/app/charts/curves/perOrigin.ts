/** A cache by the origin of series, which is forgotten with them. */
export function perOrigin<T>(create: () => T): (origin: object) => T {
  const known = new WeakMap<object, T>();
  return (origin) => {
    let one = known.get(origin);
    if (!one) known.set(origin, (one = create()));
    return one;
  };
}
