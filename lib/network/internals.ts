/**
 * Key under which the classes of this folder show each other what users do not need. A symbol, and read from the prototype:
 * completion and inspection in a notebook do not list it.
 */
export const internals: unique symbol = Symbol("neurarchy internals");

/** Key of the method by which an object is declared once more, in another network. */
export const again: unique symbol = Symbol("neurarchy again");
