import type { ContentDisplay, Display } from "../display/display.js";

/** Show a value below the cell, under the name that notebooks written for tslab import it by. */
export declare const display: Display;

/** Make a place below the cell whose content can be replaced. */
export declare function newDisplay(): ContentDisplay;
