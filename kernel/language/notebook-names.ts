import type { Display } from "../display/display.js";

/** Show a value below the cell; `display.html(...)` and its siblings show text of a given kind. */
export declare const display: Display;
