/** Stands in for the types of a package that would bring in more than ours may use (tsconfig.json). */
export {};
