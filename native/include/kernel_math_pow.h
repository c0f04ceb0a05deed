/*
 * kernel_math_pow.h: powers; included by kernel_math.h.
 *
 * x^y = exp(y log x) with the logarithm and the product carried in two doubles: an error of the
 * logarithm is multiplied by up to 700 on its way to the result, so it is held to about 2^-65 of
 * its value.
 */
#ifndef NEURARCHY_KERNEL_MATH_POW_H
#define NEURARCHY_KERNEL_MATH_POW_H

#include "kernel_math.h"

/*
 * log x for positive finite x, about 2^-65 relative: n ln 2 + 2 s (1 + s^2/3 + s^4 Q(s^2)), s = f /
 * (2 + f). Q is (artanh(s)/s - 1 - s^2/3) / s^4 in s^2, error 1.4e-16.
 */
NA_INLINE NaPair na_log_pair(double x) {
  double n;
  double f = na_log_split(x, &n) - 1.0;
  double d = 2.0 + f;
  double d_low = f - (d - 2.0);
  double s = f / d;
  NaPair back = na_product(s, d);
  double s_low = (((f - back.high) - back.low) - s * d_low) / d;
  NaPair z = na_product(s, s);
  z.low += 2.0 * s * s_low;
  double q = 0x1.08788c3e01713p-4;
  q = q * z.high + 0x1.1018ae366a914p-4;
  q = q * z.high + 0x1.3b18b8ee7a308p-4;
  q = q * z.high + 0x1.745d09f06d811p-4;
  q = q * z.high + 0x1.c71c71d7e7fc3p-4;
  q = q * z.high + 0x1.249249248e532p-3;
  q = q * z.high + 0x1.999999999999ep-3;
  /* third = z / 3, then + z^2 Q; 1/3 = 0x1.5555555555555p-2 + 0x1.5555555555555p-56. */
  NaPair third = na_product(z.high, 0x1.5555555555555p-2);
  third.low += z.low * 0x1.5555555555555p-2 + z.high * 0x1.5555555555555p-56;
  NaPair tail = na_fast_sum(third.high, z.high * z.high * q);
  tail.low += third.low;
  /* 2 s + 2 s tail */
  double s2 = 2.0 * s;
  NaPair curve = na_product(s2, tail.high);
  curve.low += s2 * tail.low + 2.0 * s_low * tail.high;
  NaPair sum = na_fast_sum(s2, curve.high);
  sum.low += curve.low + 2.0 * s_low;
  double large = n * NA_LN2_HI;
  NaPair total = na_fast_sum(large, sum.high);
  total.low += sum.low + n * NA_LN2_LO;
  return na_fast_sum(total.high, total.low);
}

NA_INLINE double na_pow_f64(double x, double y) {
  double ax = na_abs_f64(x);
  double ay = na_abs_f64(y);
  /* Beyond 2^65 the result is 0, 1 or infinity whatever y is; the bound keeps the products finite.
   */
  double bounded = ay > 0x1p65 ? na_copysign_f64(0x1p65, y) : y;
  NaPair logarithm = na_log_pair(ax);
  NaPair exponent = na_product(logarithm.high, bounded);
  exponent.low += logarithm.low * bounded;
  double far = na_abs_f64(exponent.high) > 800.0 ? 0.0 : exponent.low;
  double value = na_exp_sum(exponent.high, far);

  /* x = 0 and infinity: the limits. */
  int vanishing = (ax == 0.0) ^ (y < 0.0); /* whether the limit is 0, for x = 0 or infinity */
  double limit = vanishing ? 0.0 : NA_INFINITY;
  value = ((ax == 0.0) | (ax == NA_INFINITY)) ? limit : value;

  /* A negative x has a power for whole y only, negative for odd y. */
  double rounded = ay < 0x1p52 ? (ay + 0x1p52) - 0x1p52 : ay;
  double half = 0.5 * ay;
  double rounded_half = half < 0x1p52 ? (half + 0x1p52) - 0x1p52 : half;
  int whole = rounded == ay;
  int odd = whole & (rounded_half != half);
  uint64_t sign = odd ? na_bits(x) & 0x8000000000000000u : 0;
  value = na_from_bits(na_bits(value) | sign);
  value = ((x < 0.0) & !whole & (ax != NA_INFINITY)) ? NA_NAN : value;

  value = ((x != x) | (y != y)) ? NA_NAN : value;
  value = ((x == -1.0) & (ay == NA_INFINITY)) ? 1.0 : value;
  return ((x == 1.0) | (y == 0.0)) ? 1.0 : value;
}

#endif
