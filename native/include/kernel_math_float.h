/*
 * kernel_math_float.h: single precision; included by kernel_math.h when na_real is float.
 *
 * exp, log and tanh have their own short forms, so that a vector holds twice as many neurons; sin,
 * cos and pow go through double precision, which makes them right but for the last rounding.
 */
#ifndef NEURARCHY_KERNEL_MATH_FLOAT_H
#define NEURARCHY_KERNEL_MATH_FLOAT_H

#include "kernel_math.h"

#define NA_LN2_HI_F 0x1.62e4p-1f /* 15 bits: products with an exponent are exact */
#define NA_LN2_LO_F 0x1.7f7d1cp-20f
#define NA_LOG2E_F 0x1.715476p+0f

/* (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2, error 1.4e-9. */
NA_INLINE float na_exp_poly_f(float r) {
  float q = 0x1.a124f2p-13f;
  q = q * r + 0x1.6d4324p-10f;
  q = q * r + 0x1.1110e0p-7f;
  q = q * r + 0x1.5554eap-5f;
  q = q * r + 0x1.555556p-3f;
  return q * r + 0.5f;
}

/* As na_exp_sum. */
NA_INLINE float na_exp_f32(float x) {
  float high = x > 89.0f ? 89.0f : x;
  float y = high < -104.0f ? -104.0f : high;
  float n = (y * NA_LOG2E_F + NA_ROUNDER_F) - NA_ROUNDER_F;
  float a = y - n * NA_LN2_HI_F;
  float b = n * NA_LN2_LO_F;
  float r = a - b;
  float rest = (a - r) - b;
  float value = 1.0f + (r + (r * r * na_exp_poly_f(r) + rest));
  float half = n * 0.5f + (NA_ROUNDER_F + 127.0f);
  float other = (n - (half - (NA_ROUNDER_F + 127.0f))) + (NA_ROUNDER_F + 127.0f);
  return value * na_from_bits_f(na_bits_f(half) << 23) * na_from_bits_f(na_bits_f(other) << 23);
}

/* As na_log_f64; polynomial error 1.2e-9. */
NA_INLINE float na_log_f32(float x) {
  int tiny = x < 0x1p-126f;
  uint32_t bits = na_bits_f(tiny ? x * 0x1p25f : x);
  uint32_t shifted = bits - 0x3f3504f3u + (128u << 23);
  uint32_t biased = shifted >> 23;
  float n = (na_from_bits_f(biased | 0x4b000000u) - (0x1p23f + 128.0f)) - (tiny ? 25.0f : 0.0f);
  float f = na_from_bits_f(bits - (biased << 23) + (128u << 23)) - 1.0f;
  float s = f / (2.0f + f);
  float z = s * s;
  float q = 0x1.ddcf72p-3f;
  q = q * z + 0x1.245c40p-2f;
  q = q * z + 0x1.9999ecp-2f;
  q = q * z + 0x1.555556p-1f;
  float h = 0.5f * f * f;
  float value = n * NA_LN2_HI_F - ((h - (s * (h + z * q) + n * NA_LN2_LO_F)) - f);
  value = x == (float)NA_INFINITY ? x : value;
  value = x == 0.0f ? (float)-NA_INFINITY : value;
  return x >= 0.0f ? value : (float)NA_NAN;
}

/* As na_tanh_f64. */
NA_INLINE float na_tanh_f32(float x) {
  float twice = 2.0f * na_from_bits_f(na_bits_f(x) & 0x7fffffffu);
  float y = twice > 20.0f ? 20.0f : twice;
  float n = (y * NA_LOG2E_F + NA_ROUNDER_F) - NA_ROUNDER_F;
  float a = y - n * NA_LN2_HI_F;
  float b = n * NA_LN2_LO_F;
  float r = a - b;
  float rest = (a - r) - b;
  float power = na_from_bits_f(na_bits_f(n + (NA_ROUNDER_F + 127.0f)) << 23);
  float first = power - 1.0f;
  float second = power * r;
  float t = first + second;
  float lost = (first - (t - second)) + (second - (t - (t - second)));
  float low = power * (r * r * na_exp_poly_f(r) + rest) + lost;
  /* The quotient in double precision: three roundings in a row would cost 3 ulp. */
  double exact = (double)t + (double)low;
  float value = (float)(exact / (exact + 2.0));
  return na_from_bits_f((na_bits_f(value) & 0x7fffffffu) | (na_bits_f(x) & 0x80000000u));
}

#endif
