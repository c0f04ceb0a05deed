/*
 * kernel_math_trig.h: sine and cosine; included by kernel_math.h.
 *
 * The reduction to |r| <= pi/4 is that of Payne & Hanek (1983) for every argument: only those bits
 * of 2/pi that matter for the argument's exponent are multiplied, in integers, so the remainder is
 * right to 2^-120 up to the largest number, and one path serves all lanes of a vector.
 */
#ifndef NEURARCHY_KERNEL_MATH_TRIG_H
#define NEURARCHY_KERNEL_MATH_TRIG_H

#include "kernel_math.h"

/* Two zero words, then the bits of 2/pi after the binary point, 32 in an element. */
static const uint64_t na_two_over_pi[42] = {
    0x00000000, 0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599,
    0x3c439041, 0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0, 0x06492eea, 0x09d1921c,
    0xfe1deb1c, 0xb129a73e, 0xe88235f5, 0x2ebb4484, 0xe99c7026, 0xb45f7e41, 0x3991d639,
    0x835339f4, 0x9c845f8b, 0xbdf9283b, 0x1ff897ff, 0xde05980f, 0xef2f118b, 0x5a0a6d1f,
    0x6d367ecf, 0x27cb09b7, 0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b, 0x3d0739f7,
    0x8a5292ea, 0x6bfb5fb1, 0x1f8d5d08, 0x56033046, 0xfc7b6bab, 0xf0cfbc20, 0x9af4361d};

/* |x| = (4 k + quadrant) pi/2 + high + low, |high| <= pi/4. */
typedef struct NaAngle {
  double high;
  double low;
  uint64_t quadrant; /* 0 to 3 */
} NaAngle;

/* 32 bits of 2/pi from bit `shift` of word `k` on. */
NA_INLINE uint64_t na_two_over_pi_word(uint64_t k, uint64_t shift) {
  return (((na_two_over_pi[k] << 32) | na_two_over_pi[k + 1]) >> (32 - shift)) & 0xffffffffu;
}

/* A whole number below 2^52 as floating point. */
NA_INLINE double na_from_integer(uint64_t integer) {
  return na_from_bits(integer | 0x4330000000000000u) - 0x1p52;
}

NA_INLINE NaAngle na_reduce(double x) {
  uint64_t bits = na_bits(x) & 0x7fffffffffffffffu;
  uint64_t field = bits >> 52; /* |x| = m 2^(field - 1075) */
  uint64_t bounded = field < 1022 ? 1022 : field;
  bounded = bounded > 2046 ? 2046 : bounded;
  uint64_t m = (bits & 0x000fffffffffffffu) | 0x0010000000000000u;
  uint64_t m0 = m & 0xffffffffu;
  uint64_t m1 = m >> 32;

  /* 192 bits of 2/pi, the first so placed that it counts 2 quarter turns for the last bit of m;
   * those before it count whole turns. m times them, modulo 2^192, is the angle modulo 4 quarter
   * turns. */
  uint64_t start = bounded - 1013;
  uint64_t k = start >> 5;
  uint64_t shift = start & 31;
  uint64_t a = m0 * na_two_over_pi_word(k + 5, shift);
  uint64_t w = na_two_over_pi_word(k + 5, shift);
  uint64_t carry = a >> 32;
  uint64_t next = na_two_over_pi_word(k + 4, shift);
  a = m0 * next + carry;
  uint64_t b = m1 * w + (a & 0xffffffffu);
  carry = (a >> 32) + (b >> 32);

  w = next;
  next = na_two_over_pi_word(k + 3, shift);
  a = m0 * next + carry;
  b = m1 * w + (a & 0xffffffffu);
  carry = (a >> 32) + (b >> 32);
  uint64_t c3 = b & 0xffffffffu;

  w = next;
  next = na_two_over_pi_word(k + 2, shift);
  a = m0 * next + carry;
  b = m1 * w + (a & 0xffffffffu);
  carry = (a >> 32) + (b >> 32);
  uint64_t low = (b << 32) | c3;

  w = next;
  next = na_two_over_pi_word(k + 1, shift);
  a = m0 * next + carry;
  b = m1 * w + (a & 0xffffffffu);
  carry = (a >> 32) + (b >> 32);
  uint64_t c1 = b & 0xffffffffu;

  uint64_t c0 = m0 * na_two_over_pi_word(k, shift) + carry + m1 * next;
  uint64_t high = (c0 << 32) | c1; /* [2^-62 quarter turns] */

  NaAngle angle;
  angle.quadrant = (high + 0x2000000000000000u) >> 62;
  uint64_t fraction = high - (angle.quadrant << 62);
  uint64_t negative = 0 - (fraction >> 63);
  fraction ^= negative;
  low ^= negative;

  /* The 125 bits as a double-double, times pi/2. */
  double f0 = na_from_integer(fraction >> 22) * 0x1p-40;
  double f1 = na_from_integer(((fraction & 0x3fffffu) << 26) | (low >> 38)) * 0x1p-88;
  double f2 = na_from_integer(low & 0x3fffffffffu) * 0x1p-126;
  NaPair sum = na_fast_sum(f0, f1);
  NaPair f = na_fast_sum(sum.high, sum.low + f2);
  /* pi/2 = 0x1.921fb54442d18p+0 + 0x1.1a62633145c07p-54. */
  NaPair product = na_product(f.high, 0x1.921fb54442d18p+0);
  product.low += f.high * 0x1.1a62633145c07p-54 + f.low * 0x1.921fb54442d18p+0;
  NaPair r = na_fast_sum(product.high, product.low);
  uint64_t sign = negative & 0x8000000000000000u;
  int small = field < 1022;
  angle.high = small ? na_from_bits(bits) : na_from_bits(na_bits(r.high) ^ sign);
  angle.low = small ? 0.0 : na_from_bits(na_bits(r.low) ^ sign);
  angle.quadrant = small ? 0 : angle.quadrant;
  angle.high = field == 2047 ? NA_NAN : angle.high;
  return angle;
}

/* sin(r + low) on |r| <= pi/4; polynomial (sin(r) - r) / r^3 in r^2, error 2.0e-17. */
NA_INLINE double na_sin_poly(double r, double low) {
  double z = r * r;
  double q = 0x1.5e0b05bff20f2p-33;
  q = q * z + -0x1.ae600aca92c64p-26;
  q = q * z + 0x1.71de379654304p-19;
  q = q * z + -0x1.a01a019e83816p-13;
  q = q * z + 0x1.1111111110bb2p-7;
  q = q * z + -0x1.5555555555555p-3;
  return r + (r * z * q + low * (1.0 - 0.5 * z));
}

/* cos(r + low) on |r| <= pi/4; polynomial (cos(r) - 1 + r^2 / 2) / r^4 in r^2, error 1.3e-18. */
NA_INLINE double na_cos_poly(double r, double low) {
  double z = r * r;
  double q = -0x1.907d8f29fe831p-37;
  q = q * z + 0x1.1eeb68cd22f56p-29;
  q = q * z + -0x1.27e4fa17bf139p-22;
  q = q * z + 0x1.a01a019f4e9b4p-16;
  q = q * z + -0x1.6c16c16c16967p-10;
  q = q * z + 0x1.5555555555555p-5;
  double half = 0.5 * z;
  double first = 1.0 - half;
  return first + (((1.0 - first) - half) + (z * z * q - r * low));
}

NA_INLINE double na_sin_f64(double x) {
  NaAngle angle = na_reduce(x);
  double s = na_sin_poly(angle.high, angle.low);
  double c = na_cos_poly(angle.high, angle.low);
  double value = (angle.quadrant & 1) != 0 ? c : s;
  uint64_t sign = (angle.quadrant << 62) ^ na_bits(x);
  return na_from_bits(na_bits(value) ^ (sign & 0x8000000000000000u));
}

NA_INLINE double na_cos_f64(double x) {
  NaAngle angle = na_reduce(x);
  double s = na_sin_poly(angle.high, angle.low);
  double c = na_cos_poly(angle.high, angle.low);
  double value = (angle.quadrant & 1) != 0 ? s : c;
  uint64_t sign = (angle.quadrant + 1) << 62;
  return na_from_bits(na_bits(value) ^ (sign & 0x8000000000000000u));
}

#endif
