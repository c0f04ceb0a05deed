import {
  classicName,
  connectors,
  type ConnectorMethods,
  type ConnectorName,
} from "../connect/connectors.js";
import type { Pattern } from "../connect/pattern.js";
import { WithAttributes } from "./attributes.js";

/** Base of projections: has a method for each connector, in both spellings. */
abstract class Connecting extends WithAttributes {
  static {
    for (const [name, connector] of Object.entries(connectors)) {
      const method = function (
        this: Connecting,
        ...options: Parameters<typeof connector>
      ): Connecting {
        // Every connector checks its own options; the types of the methods are those of ConnectorMethods.
        this.establish((connector as (...options: unknown[]) => Pattern)(...options));
        return this;
      };
      for (const spelling of [name, classicName(name as ConnectorName)]) {
        Object.defineProperty(this.prototype, spelling, { value: method });
      }
    }
  }

  /** Take the pattern that a connector made of its options. */
  protected abstract establish(pattern: Pattern): void;
}

/** Base class of projections. The static block above gives it the methods that its type promises. */
export const WithConnectors = Connecting as abstract new () => Connecting & ConnectorMethods;
