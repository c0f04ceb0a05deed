/**
 * Colours that stay apart for readers with any common colour blindness and can be read on white and on black
 * (M. Okabe & K. Ito, "Color Universal Design", 2008; without black and yellow, each of which one background swallows,
 * and with a lighter blue, for the same reason).
 */
export const palette = ["#1f83c6", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"] as const;

/** Colour of the n-th mark of a figure; starts over after the last. */
export function colorOf(index: number): string {
  return palette[index % palette.length]!;
}

/** Marks that belong to no group. */
export const neutral = "#8a8f98";

/** What a figure stands on. In JupyterLab our renderer shows the theme's colours for this, ink and grid. */
export const paper = "#ffffff";

/** Texts and axes. */
export const ink = "#2b2f36";

/** Lines across a panel: there, but no more. */
export const gridLine = "#e7e9ed";

/** How text is set. */
export const font = {
  family: "Inter, Helvetica Neue, Helvetica, Arial, sans-serif",
  /** Sizes [px]. */
  tick: 12,
  label: 13,
  title: 15,
} as const;

/** Opacity of the area under a filled line. */
export const tint = 0.18;

/** Red, green and blue of a `#rrggbb` colour, 0 to 255. */
export function channels(color: string): readonly [number, number, number] {
  const value = parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}
