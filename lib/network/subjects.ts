import { problem } from "../errors.js";
import { Dendrite } from "./dendrite.js";
import { internals } from "./internals.js";
import { PopulationSubject } from "./population-subject.js";
import { Population, PopulationView } from "./population.js";
import { ProjectionSubject } from "./projection-subject.js";
import { Projection } from "./projection.js";
import type { Subject } from "./recordable.js";

/** How a monitor records an object. @throws {SimulatorError} NOT_MONITORABLE. */
export function subjectOf(object: unknown): Subject {
  if (object instanceof Population || object instanceof PopulationView) {
    return new PopulationSubject(object);
  }
  if (object instanceof Projection) return new ProjectionSubject(object[internals], null);
  if (isDendrite(object)) return new ProjectionSubject(object.proj[internals], object.idx);
  throw problem("NOT_MONITORABLE", { value: String(object) });
}

/** `instanceof` alone would leave the projection of the dendrite untyped. */
function isDendrite(object: unknown): object is Dendrite {
  return object instanceof Dendrite;
}
