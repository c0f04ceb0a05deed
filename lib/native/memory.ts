/** Memory that this process can still get, by what the system says now. [bytes] */
export function availableMemory(): number {
  return process.availableMemory();
}
