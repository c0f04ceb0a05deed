/** How a declared interface is held against what the package has. Nothing here is executed: the type checker is the test. */

/** Whether two types are the same, as far as values can tell. */
export type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Does not compile unless `T` is true. */
export type Prove<T extends true> = T;

/** Declared names that are not there, beside those that are known to come later. */
export type Missing<Declared, Actual, Later = never> = Exclude<
  keyof Declared,
  keyof Actual | Later
>;

/** The declared members that are there: each of them must have its declared type, or a narrower one. */
export type Built<Declared, Actual> = Pick<Declared, keyof Declared & keyof Actual>;

/** A value of a type. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- nobody executes it
export declare function given<T>(): T;
