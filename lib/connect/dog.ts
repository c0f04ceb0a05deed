import type { ProfilePattern } from "./pattern.js";
import { profilePattern, type ProfileOptions } from "./profile.js";

/** Options of `dog`. */
export interface DogOptions extends ProfileOptions {
  readonly ampPos: number;
  readonly sigmaPos: number;
  readonly ampNeg: number;
  readonly sigmaNeg: number;
}

/**
 * A difference of two Gaussian functions of the distance d between neurons, ampPos · exp(−d² / (2 sigmaPos²)) −
 * ampNeg · exp(−d² / (2 sigmaNeg²)), where its magnitude exceeds limit · |ampPos − ampNeg|.
 */
export function dog(options: DogOptions): ProfilePattern {
  const { ampPos, sigmaPos, ampNeg, sigmaNeg } = options;
  const own = ["ampPos", "sigmaPos", "ampNeg", "sigmaNeg"] as const;
  const terms = [
    { amplitude: ampPos, sigma: sigmaPos },
    { amplitude: -ampNeg, sigma: sigmaNeg },
  ];
  return profilePattern({ connector: "dog", own, options }, terms, Math.abs(ampPos - ampNeg));
}
