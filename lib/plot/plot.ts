import { raster } from "./raster.js";
import { trace } from "./trace.js";

/** Functions that draw recordings. Each returns a `Figure`; none changes its data: a monitor keeps what it recorded. */
export const plot = { raster, trace };
