import { allToAll } from "./all-to-all.js";
import { dog } from "./dog.js";
import { fixedNumberPost } from "./fixed-number-post.js";
import { fixedNumberPre } from "./fixed-number-pre.js";
import { fixedProbability } from "./fixed-probability.js";
import { fromMatrix } from "./from-matrix.js";
import { fromSparse } from "./from-sparse.js";
import { gaussian } from "./gaussian.js";
import { oneToOne } from "./one-to-one.js";

/** The connectors, by the names of their methods. A new one is one file and one line here. */
export const connectors = {
  allToAll,
  oneToOne,
  fixedProbability,
  fixedNumberPre,
  fixedNumberPost,
  gaussian,
  dog,
  fromMatrix,
  fromSparse,
} as const;

/** Name of a connector. */
export type ConnectorName = keyof typeof connectors;

type Options<K extends ConnectorName> = Parameters<(typeof connectors)[K]>;

/** Methods of a projection, one per connector, under its name. Each returns the projection it is called on. */
type NamedMethods = {
  readonly [K in ConnectorName]: <P>(this: P, ...options: Options<K>) => P;
};

/** The same, under the names of the classic API: `connectAllToAll`. */
type ClassicMethods = {
  readonly [K in ConnectorName as `connect${Capitalize<K>}`]: <P>(
    this: P,
    ...options: Options<K>
  ) => P;
};

/** The options of classic connectors that have no meaning any more: they are left out, with a warning. */
export const obsoleteOptions: Readonly<Record<string, readonly string[]>> = {
  connectOneToOne: ["shift"],
};

/** The classic connectors with these options. */
interface ObsoleteMethods {
  readonly connectOneToOne: <P>(
    this: P,
    options: Parameters<typeof oneToOne>[0] & { readonly shift?: unknown },
  ) => P;
}

/** The methods by which a projection is connected, in both spellings. */
export type ConnectorMethods = NamedMethods & ClassicMethods & ObsoleteMethods;

/** Classic name of a connector. */
export function classicName(connector: ConnectorName): string {
  return `connect${connector.charAt(0).toUpperCase()}${connector.slice(1)}`;
}
