/*
 * kernel_functions.h: the functions of the equation language, under the names that generated code
 * calls.
 *
 * Each is a function of its operands alone, without branches where the C library has none, so that
 * loops over neurons stay vectors. exp, log, tanh, sin, cos and pow are in kernel_math.h; what is
 * rarer goes to the C library, which works on doubles. The reference evaluator
 * (lib/dsl/functions.ts) defines each function a second time; a differential test holds the two
 * together.
 */
#ifndef NEURARCHY_KERNEL_FUNCTIONS_H
#define NEURARCHY_KERNEL_FUNCTIONS_H

#include <math.h>

#include "kernel_math.h"

NA_INLINE na_real na_tan(na_real x) { return (na_real)tan((double)x); }
NA_INLINE na_real na_acos(na_real x) { return (na_real)acos((double)x); }
NA_INLINE na_real na_asin(na_real x) { return (na_real)asin((double)x); }
NA_INLINE na_real na_atan(na_real x) { return (na_real)atan((double)x); }
NA_INLINE na_real na_cosh(na_real x) { return (na_real)cosh((double)x); }
NA_INLINE na_real na_sinh(na_real x) { return (na_real)sinh((double)x); }
NA_INLINE na_real na_acosh(na_real x) { return (na_real)acosh((double)x); }
NA_INLINE na_real na_asinh(na_real x) { return (na_real)asinh((double)x); }
NA_INLINE na_real na_atanh(na_real x) { return (na_real)atanh((double)x); }
NA_INLINE na_real na_atan2(na_real y, na_real x) { return (na_real)atan2((double)y, (double)x); }
NA_INLINE na_real na_hypot(na_real a, na_real b) { return (na_real)hypot((double)a, (double)b); }
NA_INLINE na_real na_expm1(na_real x) { return (na_real)expm1((double)x); }
NA_INLINE na_real na_exp2(na_real x) { return (na_real)exp2((double)x); }
NA_INLINE na_real na_log1p(na_real x) { return (na_real)log1p((double)x); }
NA_INLINE na_real na_log2(na_real x) { return (na_real)log2((double)x); }
NA_INLINE na_real na_log10(na_real x) { return (na_real)log10((double)x); }
NA_INLINE na_real na_cbrt(na_real x) { return (na_real)cbrt((double)x); }
NA_INLINE na_real na_erf(na_real x) { return (na_real)erf((double)x); }
NA_INLINE na_real na_erfc(na_real x) { return (na_real)erfc((double)x); }
NA_INLINE na_real na_tgamma(na_real x) { return (na_real)tgamma((double)x); }
NA_INLINE na_real na_fmod(na_real a, na_real b) { return (na_real)fmod((double)a, (double)b); }

/* Exact or correctly rounded in double, and so also when the result is rounded to float. */
NA_INLINE na_real na_sqrt(na_real x) { return (na_real)sqrt((double)x); }
NA_INLINE na_real na_abs(na_real x) { return (na_real)fabs((double)x); }
NA_INLINE na_real na_floor(na_real x) { return (na_real)floor((double)x); }
NA_INLINE na_real na_ceil(na_real x) { return (na_real)ceil((double)x); }

/* Nearest whole number, halves away from zero. */
NA_INLINE na_real na_round(na_real x) {
  na_real whole = (na_real)trunc((double)x);
  na_real rest = x - whole;
  return rest >= (na_real)0.5 ? whole + 1 : rest <= (na_real)-0.5 ? whole - 1 : whole;
}

/* -1, 0 or 1; a zero keeps its sign and a not-a-number stays one. */
NA_INLINE na_real na_sign(na_real x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

/* 0, 1/2 or 1 for x <, = or > 0. */
NA_INLINE na_real na_heaviside(na_real x) {
  return x > 0 ? 1 : x < 0 ? 0 : x == 0 ? (na_real)0.5 : x;
}

NA_INLINE na_real na_pos(na_real x) { return x > 0 ? x : 0; }
NA_INLINE na_real na_neg(na_real x) { return x < 0 ? x : 0; }

NA_INLINE na_real na_clip(na_real x, na_real low, na_real high) {
  return x < low ? low : x > high ? high : x;
}

/* A not-a-number wins. */
NA_INLINE na_real na_min(na_real a, na_real b) { return ((a < b) | (a != a)) ? a : b; }
NA_INLINE na_real na_max(na_real a, na_real b) { return ((a > b) | (a != a)) ? a : b; }

NA_INLINE int na_isnan(na_real x) { return x != x; }
NA_INLINE int na_isfinite(na_real x) { return x - x == 0; }

/* Remainder of the operands truncated to whole numbers, with the sign of a. */
NA_INLINE na_real na_modulo(na_real a, na_real b) {
  return (na_real)fmod(trunc((double)a), trunc((double)b));
}

/* Product of n copies of a, n truncated to a whole number; 1 for n below 1. By repeated squaring.
 */
NA_INLINE na_real na_power(na_real a, na_real n) {
  uint32_t rest = n >= (na_real)2147483647 ? 2147483647u : n >= 1 ? (uint32_t)n : 0u;
  na_real result = 1;
  for (na_real square = a; rest > 0; rest >>= 1, square *= square) {
    if (rest & 1u) result *= square;
  }
  return result;
}

/* Truncation to int32; what does not fit becomes the nearest that does, a not-a-number 0. */
NA_INLINE int32_t na_int(na_real x) {
  /* In double, which holds the ends of the range of int32 exactly. */
  double value = (double)x;
  double bounded = value > 2147483647.0    ? 2147483647.0
                   : value < -2147483648.0 ? -2147483648.0
                                           : value;
  /*
   * gcc 12 reads the conversion there and back as one truncation, which leaves -0.4 as -0; so the
   * negative zero goes here, and the not-a-number with it.
   */
  double whole = trunc(bounded);
  return (int32_t)(((whole > 0.0) | (whole < 0.0)) ? whole : 0.0);
}

/*
 * A duration [ms] as whole steps: the nearest number of steps when the quotient misses it by
 * rounding only, else the number of complete steps.
 */
NA_INLINE int32_t na_steps(na_real duration, double dt) {
#ifdef NA_FLOAT32
  const double tolerance = 1e-6;
#else
  const double tolerance = 1e-9;
#endif
  double quotient = (double)duration / dt;
  double nearest = floor(quotient + 0.5);
  double size = fabs(quotient) > 1.0 ? fabs(quotient) : 1.0;
  double steps = fabs(quotient - nearest) < tolerance * size ? nearest : trunc(quotient);
  double bounded = steps > 2147483647.0 ? 2147483647.0 : steps > 0.0 ? steps : 0.0;
  return (int32_t)bounded;
}

/* ---- Newton's method ---- */

/* Iterations before the method counts as not converging. */
#define NA_ITERATIONS 50

/* Tell whether an unknown that was changed by `change` is still on its way. */
NA_INLINE int na_moves(na_real change, na_real value) {
#ifdef NA_FLOAT32
  const na_real tolerance = 1e-6f;
#else
  const na_real tolerance = 1e-12;
#endif
  na_real size = na_abs(value) > 1 ? na_abs(value) : 1;
  /* A not-a-number never arrives. */
  return !(na_abs(change) <= tolerance * size);
}

/* Report that the method did not converge; the first report of a thread stays. */
static inline void na_fail(const NaStep* step, int64_t element, int64_t partner, int32_t variable) {
  NaFailure* failure = step->failure;
  if (failure->variable >= 0) return;
  failure->element = element;
  failure->partner = partner;
  failure->variable = variable;
}

#endif
