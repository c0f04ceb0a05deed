import type { ProfilePattern } from "./pattern.js";
import { profilePattern, type ProfileOptions } from "./profile.js";

/** Weights that fall with the distance d between neurons: amp · exp(−d² / (2 σ²)), where they exceed limit · amp. */
export function gaussian(
  options: ProfileOptions & { readonly amp: number; readonly sigma: number },
): ProfilePattern {
  const { amp, sigma } = options;
  const profile = { connector: "gaussian", own: ["amp", "sigma"], options } as const;
  // As in the reference, there is no synapse with a negative amplitude.
  const height = amp < 0 ? Infinity : amp;
  return profilePattern(profile, [{ amplitude: amp, sigma }], height);
}
