import { problem } from "../errors.js";

/** Number of neurons, or their number along each dimension. */
export type Geometry = number | readonly number[];

/**
 * The dimensions of a geometry. A number is cut to a whole one.
 *
 * @throws {SimulatorError} INVALID_GEOMETRY when a dimension is not a positive whole number.
 */
export function dimensionsOf(geometry: Geometry): readonly number[] {
  const dimensions: unknown = typeof geometry === "number" ? [Math.trunc(geometry)] : geometry;
  if (Array.isArray(dimensions) && dimensions.length > 0 && dimensions.every(isLength)) {
    return [...dimensions];
  }
  throw problem("INVALID_GEOMETRY", { geometry: String(geometry) });
}

function isLength(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0;
}

/** Number of neurons. */
export function sizeOf(geometry: readonly number[]): number {
  return geometry.reduce((product, length) => product * length, 1);
}

/** Rank of the neuron at these coordinates, row-major; null outside. */
export function rankOf(geometry: readonly number[], coordinates: readonly number[]): number | null {
  const inside =
    coordinates.length === geometry.length &&
    coordinates.every((c, axis) => Number.isInteger(c) && c >= 0 && c < geometry[axis]!);
  if (!inside) return null;
  return coordinates.reduce((rank, c, axis) => rank * geometry[axis]! + c, 0);
}

/** Coordinates of a neuron, row-major; null when there is no such rank. */
export function coordinatesOf(geometry: readonly number[], rank: number): number[] | null {
  if (!Number.isInteger(rank) || rank < 0 || rank >= sizeOf(geometry)) return null;
  let rest = rank;
  return geometry
    .map((_, axis) => geometry.length - 1 - axis)
    .map((axis) => {
      const coordinate = rest % geometry[axis]!;
      rest = (rest - coordinate) / geometry[axis]!;
      return coordinate;
    })
    .reverse();
}

/** Coordinates brought to 0 … `norm` along each dimension; 0 along a dimension of one neuron. */
export function normalized(
  geometry: readonly number[],
  coordinates: readonly number[],
  norm: number,
): number[] {
  return coordinates.map((c, axis) => {
    const length = geometry[axis]!;
    return length === 1 ? 0 : (norm * c) / (length - 1);
  });
}
