/** Join pieces of a file. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let next = 0;
  for (const part of parts) {
    result.set(part, next);
    next += part.length;
  }
  return result;
}
