/** Text that grows line by line, with blocks in braces. */
export class Writer {
  readonly #lines: string[] = [];
  #depth = 0;

  line(text = ""): void {
    this.#lines.push(text === "" ? "" : "  ".repeat(this.#depth) + text);
  }

  /** Write `head {`, what `inside` writes, and `}`; without a head, a block alone. */
  block(head: string, inside: () => void): void {
    this.line(head === "" ? "{" : `${head} {`);
    this.#depth++;
    inside();
    this.#depth--;
    this.line("}");
  }

  toString(): string {
    return `${this.#lines.join("\n")}\n`;
  }
}
