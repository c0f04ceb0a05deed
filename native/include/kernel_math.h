/*
 * kernel_math.h: exp, log, tanh, sin, cos and pow for generated code, in C11 and C++20.
 *
 * The functions are inline and free of branches, so a loop over neurons that calls them becomes
 * vector code, and a lane of a vector gives the same bits as the scalar tail. They use no fused
 * multiply-add and no library function: results do not depend on the compiler, the vector width or
 * the C library. Not-a-numbers and infinities come out as C11 Annex F says. Largest errors,
 * measured by tests/native against 64-bit-mantissa arithmetic:
 *
 *            double    float
 *   na_exp   1 ulp     1 ulp
 *   na_log   1 ulp     1 ulp
 *   na_tanh  2 ulp     2 ulp
 *   na_sin   1 ulp     1 ulp   (any finite argument)
 *   na_cos   1 ulp     1 ulp   (any finite argument)
 *   na_pow   2 ulp     1 ulp
 *
 * Compile with -ffp-contract=off -fno-math-errno -fno-trapping-math, and never with -ffast-math:
 * the order of the additions below is what makes the results accurate.
 *
 * Polynomials are near-minimax (Chebyshev) fits of our own to the function named beside them; the
 * reductions are the classical ones (Cody & Waite 1980; Payne & Hanek 1983; Dekker 1971 for
 * double-double products).
 */
#ifndef NEURARCHY_KERNEL_MATH_H
#define NEURARCHY_KERNEL_MATH_H

#include <stdint.h>
#include <string.h>

#include "kernel_abi.h"

#define NA_INLINE static inline __attribute__((always_inline, unused))

NA_INLINE uint64_t na_bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

NA_INLINE double na_from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

NA_INLINE uint32_t na_bits_f(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

NA_INLINE float na_from_bits_f(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/*
 * a * b + c in one rounding. It is asked for by name where it is wanted, since compilers may not
 * fuse by themselves (kernel_abi.h); processors without the instruction compute the same bits in
 * the C library.
 */
#define na_fma __builtin_fma

NA_INLINE double na_abs_f64(double x) { return na_from_bits(na_bits(x) & 0x7fffffffffffffffu); }

/* |x| with the sign of `sign`. */
NA_INLINE double na_copysign_f64(double x, double sign) {
  return na_from_bits((na_bits(x) & 0x7fffffffffffffffu) | (na_bits(sign) & 0x8000000000000000u));
}

#define NA_NAN na_from_bits(0x7ff8000000000000u)
#define NA_INFINITY na_from_bits(0x7ff0000000000000u)

/* A number of this size has no fraction bits: adding it rounds to the nearest integer, ties to
 * even. */
#define NA_ROUNDER 0x1.8p52
#define NA_ROUNDER_F 0x1.8p23f

#define NA_LN2_HI 0x1.62e42fee00000p-1 /* 32 bits: products with an exponent are exact */
#define NA_LN2_LO 0x1.a39ef35793c76p-33
#define NA_LOG2E 0x1.71547652b82fep+0

/* The unevaluated sum of two numbers; low is at most about half an ulp of high. */
typedef struct NaPair {
  double high;
  double low;
} NaPair;

/* a + b exactly, for |a| >= |b| or a = 0 (Dekker 1971). */
NA_INLINE NaPair na_fast_sum(double a, double b) {
  NaPair sum;
  sum.high = a + b;
  sum.low = b - (sum.high - a);
  return sum;
}

/* a + b exactly (Knuth). */
NA_INLINE NaPair na_sum(double a, double b) {
  NaPair sum;
  sum.high = a + b;
  double part = sum.high - a;
  sum.low = (a - (sum.high - part)) + (b - part);
  return sum;
}

/* The upper 26 bits. */
NA_INLINE double na_upper(double x) {
  double split = x * 134217729.0;
  return split - (split - x);
}

/* a * b exactly (Dekker 1971). */
NA_INLINE NaPair na_product(double a, double b) {
  double a1 = na_upper(a);
  double a2 = a - a1;
  double b1 = na_upper(b);
  double b2 = b - b1;
  NaPair product;
  product.high = a * b;
  product.low = ((a1 * b1 - product.high) + a1 * b2 + a2 * b1) + a2 * b2;
  return product;
}

/* (exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2, error 1.4e-18. */
NA_INLINE double na_exp_poly(double r) {
  double q = 0x1.1f730349868cep-29;
  q = na_fma(q, r, 0x1.af4de97ca4194p-26);
  q = na_fma(q, r, 0x1.27e4db646b17ep-22);
  q = na_fma(q, r, 0x1.71de0231960ebp-19);
  q = na_fma(q, r, 0x1.a01a01a6d889cp-16);
  q = na_fma(q, r, 0x1.a01a01abe7fe1p-13);
  q = na_fma(q, r, 0x1.6c16c16c162d4p-10);
  q = na_fma(q, r, 0x1.11111111100dcp-7);
  q = na_fma(q, r, 0x1.5555555555556p-5);
  q = na_fma(q, r, 0x1.5555555555557p-3);
  return na_fma(q, r, 0.5);
}

/* x within the range where exp(x) is neither 0 nor infinity, and a little beyond. */
NA_INLINE double na_exp_clamp(double x) {
  double high = x > 710.0 ? 710.0 : x;
  return high < -746.0 ? -746.0 : high;
}

/* The n of x = n ln 2 + r with |r| <= ln(2)/2. */
NA_INLINE double na_exp_scale(double x) { return na_fma(x, NA_LOG2E, NA_ROUNDER) - NA_ROUNDER; }

/*
 * 2^n * exp(r + rest), for a rest of the size of the rounding of r. 2^n is applied in two halves,
 * so that results next to overflow and below the normal range are right. The halves' bit patterns
 * come from the low bits of a rounder: no conversion between integers and floating point.
 */
NA_INLINE double na_exp_scaled(double n, double r, double rest) {
  double value = 1.0 + (r + na_fma(r * r, na_exp_poly(r), rest));
  double half = na_fma(n, 0.5, NA_ROUNDER + 1023.0);
  double other = (n - (half - (NA_ROUNDER + 1023.0))) + (NA_ROUNDER + 1023.0);
  return value * na_from_bits(na_bits(half) << 52) * na_from_bits(na_bits(other) << 52);
}

/* exp(x + tail) for a tail much smaller than x. */
NA_INLINE double na_exp_sum(double x, double tail) {
  double y = na_exp_clamp(x);
  double n = na_exp_scale(y);
  double a = na_fma(-n, NA_LN2_HI, y);
  double first = na_fma(-n, NA_LN2_LO, a);
  double lost = na_fma(-n, NA_LN2_LO, a - first) + tail;
  double r = first + lost;
  return na_exp_scaled(n, r, lost - (r - first));
}

NA_INLINE double na_exp_f64(double x) {
  double y = na_exp_clamp(x);
  double n = na_exp_scale(y);
  double a = na_fma(-n, NA_LN2_HI, y);
  double r = na_fma(-n, NA_LN2_LO, a);
  return na_exp_scaled(n, r, na_fma(-n, NA_LN2_LO, a - r));
}

/* Split a positive finite x into 2^exponent * mantissa with the mantissa in [sqrt(1/2), sqrt(2)).
 */
NA_INLINE double na_log_split(double x, double* exponent) {
  int tiny = x < 0x1p-1022;
  uint64_t bits = na_bits(tiny ? x * 0x1p54 : x);
  /* Exponent of x / sqrt(1/2), offset by 1024 to be positive. */
  uint64_t shifted = bits - 0x3fe6a09e667f3bcdu + (1024ull << 52);
  uint64_t biased = shifted >> 52;
  *exponent =
      (na_from_bits(biased | 0x4330000000000000u) - (0x1p52 + 1024.0)) - (tiny ? 54.0 : 0.0);
  return na_from_bits(bits - (biased << 52) + (1024ull << 52));
}

/* Values of log outside (0, inf). */
NA_INLINE double na_log_special(double x, double value) {
  value = x == NA_INFINITY ? x : value;
  value = x == 0.0 ? -NA_INFINITY : value;
  return x >= 0.0 ? value : NA_NAN;
}

/* log(m) = 2 artanh(s), s = f / (2 + f), f = m - 1; polynomial (2 artanh(s) - 2 s) / s^3 in s^2,
 * error 2.1e-18. */
NA_INLINE double na_log_f64(double x) {
  double n;
  double f = na_log_split(x, &n) - 1.0;
  double s = f / (2.0 + f);
  double z = s * s;
  double q = 0x1.0c04595972ab8p-3;
  q = q * z + 0x1.0fbe83c2cbcf3p-3;
  q = q * z + 0x1.3b1c360763b8ap-3;
  q = q * z + 0x1.745cf901605f7p-3;
  q = q * z + 0x1.c71c720160b47p-3;
  q = q * z + 0x1.2492492476c87p-2;
  q = q * z + 0x1.9999999999a38p-2;
  q = q * z + 0x1.5555555555555p-1;
  /* 2 s = f - s f = f - (h - s h) with h = f^2 / 2: the large term f enters exactly, and last. */
  double h = 0.5 * f * f;
  double value = n * NA_LN2_HI - ((h - (s * (h + z * q) + n * NA_LN2_LO)) - f);
  return na_log_special(x, value);
}

/*
 * tanh |x| = t / (t + 2) with t = exp(2 |x|) - 1, which keeps its relative accuracy down to 0.
 * Numerator and denominator are double-doubles and the quotient is corrected once: three roundings
 * in a row would cost 3 ulp.
 */
NA_INLINE double na_tanh_f64(double x) {
  double twice = 2.0 * na_abs_f64(x);
  double y = twice > 44.0 ? 44.0 : twice;
  double n = (y * NA_LOG2E + NA_ROUNDER) - NA_ROUNDER;
  double a = y - n * NA_LN2_HI;
  double b = n * NA_LN2_LO;
  double r = a - b;
  double rest = (a - r) - b;
  double power = na_from_bits(na_bits(n + (NA_ROUNDER + 1023.0)) << 52);
  /* t = (2^n - 1) + 2^n r + the rest; the first two are exact. */
  NaPair t = na_sum(power - 1.0, power * r);
  t.low += power * (r * r * na_exp_poly(r) + rest);
  t = na_fast_sum(t.high, t.low);
  NaPair d = na_sum(t.high, 2.0);
  d.low += t.low;
  double inverse = 1.0 / d.high;
  double quotient = t.high * inverse;
  NaPair back = na_product(quotient, d.high);
  double remainder = (((t.high - back.high) - back.low) + t.low) - quotient * d.low;
  return na_copysign_f64(quotient + remainder * inverse, x);
}

#include "kernel_math_pow.h"
#include "kernel_math_trig.h"

#ifdef NA_FLOAT32
#include "kernel_math_float.h"
#define na_exp na_exp_f32
#define na_log na_log_f32
#define na_tanh na_tanh_f32
#define na_sin(x) ((float)na_sin_f64((double)(x)))
#define na_cos(x) ((float)na_cos_f64((double)(x)))
#define na_pow(x, y) ((float)na_pow_f64((double)(x), (double)(y)))
#else
#define na_exp na_exp_f64
#define na_log na_log_f64
#define na_tanh na_tanh_f64
#define na_sin na_sin_f64
#define na_cos na_cos_f64
#define na_pow na_pow_f64
#endif

#endif
