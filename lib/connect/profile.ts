import { problem } from "../errors.js";
import {
  checkDelays,
  checkFlag,
  checkFormat,
  checkKnown,
  checkReal,
  type Num,
  type SelfConnections,
  type StorageFormat,
} from "./options.js";
import type { ProfilePattern, ProfileTerm } from "./pattern.js";
import type { Site } from "./rows.js";

/** Options of the connectors whose weights follow from distances. */
export interface ProfileOptions extends SelfConnections {
  /** [ms] As in `ConnectorOptions`. */
  readonly delays?: Num;
  /** Smallest weight that is a synapse, as a part of the largest one. Default 0.01. */
  readonly limit?: number;
  readonly storageFormat?: StorageFormat;
}

const SHARED = ["delays", "limit", "allowSelfConnections", "storageFormat"];

/** A connector with its options, of which `own` are those of the profile. */
interface Profile<K extends string> {
  readonly connector: string;
  readonly own: readonly K[];
  readonly options: ProfileOptions & Readonly<Record<K, number>>;
}

/**
 * The pattern of a sum of Gaussian functions of the distance d between neurons: amplitude · exp(−d² / (2 σ²)).
 *
 * Neurons lie at their coordinates, brought to [0, 1] along each dimension of their population. Where the post population
 * has more dimensions than the pre population, those that are too many are ignored.
 *
 * @param height - What the limit is a part of; infinite: nothing is a synapse.
 * @throws {SimulatorError} UNKNOWN_CONNECTOR_OPTION, MISSING_OPTION, INVALID_CONNECTOR_OPTION, UNBOUNDED_DELAYS.
 */
export function profilePattern<K extends string>(
  { connector, own, options }: Profile<K>,
  terms: readonly ProfileTerm[],
  height: number,
): ProfilePattern {
  const { limit = 0.01, storageFormat } = options;
  checkKnown(connector, options, [...own, ...SHARED]);
  checkFormat(connector, storageFormat);
  for (const name of own) {
    const above = name.startsWith("sigma") ? 0 : -Infinity;
    checkReal(connector, name, options[name], above);
  }
  checkReal(connector, "limit", limit, -Infinity);
  const allowed = checkFlag(connector, "allowSelfConnections", options.allowSelfConnections);
  return {
    kind: "profile",
    terms,
    threshold: height === Infinity ? Infinity : limit * height,
    delays: checkDelays(connector, options.delays),
    singleWeight: false,
    selfConnections: allowed ? "all" : "noneInObject",
    storage: storageFormat === undefined ? {} : { storageFormat },
    check: (site) => {
      requireGeometries(connector, site);
    },
  };
}

/** @throws {SimulatorError} PROFILE_OF_VIEW; PROFILE_DIMENSIONS when pre has more dimensions than post. */
function requireGeometries(connector: string, { label, pre, post }: Site): void {
  const projection = label;
  if (pre.geometry === null || post.geometry === null) {
    const end = pre.geometry === null ? "pre" : "post";
    throw problem("PROFILE_OF_VIEW", { projection, connector, end });
  }
  if (pre.geometry.length > post.geometry.length) {
    const facts = { pre: pre.geometry, post: post.geometry };
    throw problem("PROFILE_DIMENSIONS", { projection, connector, ...facts });
  }
}
