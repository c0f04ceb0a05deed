/*
 * kernel_random.h: random numbers for generated code and for the engine, in C11 and C++20.
 *
 * A random number is a function of (seed, object, draw, step, element) and of nothing else. The
 * generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy
 * as 1, 2, 3"):
 *
 *   key      (seed, object << 8 | draw)
 *   counter  (16 * block + lane, low word of step, high word of step, round)
 *
 * Elements come in blocks of 64, as ranges do: element i of a block takes word i / 16 of the
 * counter of lane i % 16, so 16 counters fill a block and no word is lost. `round` is 0 for
 * distributions that need one word an element; those that reject (gamma, binomial) take one more
 * word an element from each further round.
 *
 * Synapses have no place in blocks: kernel_random_pair.h.
 *
 *   object   2 * index of a population, 2 * index + 1 of a projection
 *   draw     number of the random term in the object, 0 to 255
 *
 * Resolution. Uniform numbers are multiples of 2^-32 (2^-24 in single precision) of the width. The
 * others use a word w as (w + 1) 2^-32 in (0, 1], so logarithms are finite: a normal number stays
 * below 6.66 standard deviations.
 */
#ifndef NEURARCHY_KERNEL_RANDOM_H
#define NEURARCHY_KERNEL_RANDOM_H

#include "kernel_math.h"

#define NA_LANES 16 /* counters per block */

/*
 * Ten rounds for one counter; `c` is replaced by the four words. Words live in 64-bit lanes: the
 * products need 64 bits anyway, and so a loop over counters becomes vector code.
 */
NA_INLINE void na_philox(uint64_t c[4], uint64_t key0, uint64_t key1) {
  for (int round = 0; round < 10; round++) {
    uint64_t product0 = 0xd2511f53u * (c[0] & 0xffffffffu);
    uint64_t product1 = 0xcd9e8d57u * (c[2] & 0xffffffffu);
    uint64_t next0 = (product1 >> 32) ^ c[1] ^ key0;
    uint64_t next2 = (product0 >> 32) ^ c[3] ^ key1;
    c[0] = next0;
    c[1] = product1 & 0xffffffffu;
    c[2] = next2;
    c[3] = product0 & 0xffffffffu;
    key0 = (key0 + 0x9e3779b9u) & 0xffffffffu;
    key1 = (key1 + 0xbb67ae85u) & 0xffffffffu;
  }
}

NA_INLINE uint64_t na_key1(const NaStep* step, uint32_t draw) {
  return ((uint64_t)step->object << 8 | draw) & 0xffffffffu;
}

/* The words of a block, 32 bits in each element. */
NA_INLINE void na_words(uint64_t words[NA_BLOCK], const NaStep* step, uint32_t draw,
                        int64_t block) {
  uint64_t number = (uint64_t)step->step;
  uint64_t key1 = na_key1(step, draw);
  for (int lane = 0; lane < NA_LANES; lane++) {
    uint64_t c[4];
    c[0] = ((uint64_t)block * NA_LANES + (uint64_t)lane) & 0xffffffffu;
    c[1] = number & 0xffffffffu;
    c[2] = number >> 32;
    c[3] = 0;
    na_philox(c, step->seed, key1);
    words[lane] = c[0];
    words[NA_LANES + lane] = c[1];
    words[2 * NA_LANES + lane] = c[2];
    words[3 * NA_LANES + lane] = c[3];
  }
}

/* The word of one element in one round: na_words is the round 0 of 64 elements. */
static inline uint64_t na_word(const NaStep* step, uint32_t draw, int64_t element, uint32_t round) {
  uint64_t i = (uint64_t)element;
  uint64_t number = (uint64_t)step->step;
  uint64_t c[4];
  c[0] = (i / NA_BLOCK * NA_LANES + i % NA_LANES) & 0xffffffffu;
  c[1] = number & 0xffffffffu;
  c[2] = number >> 32;
  c[3] = round;
  na_philox(c, step->seed, na_key1(step, draw));
  return c[i % NA_BLOCK / NA_LANES];
}

/* (0, 1] */
NA_INLINE double na_open_unit(uint64_t word) { return na_from_integer(word + 1) * 0x1p-32; }

/*
 * Two standard normal numbers (Box & Muller 1958) from two words: the radius from the first, the
 * angle from the second. The angle is a whole number of 2^-32 turns, so its reduction to an eighth
 * of a turn is exact.
 */
NA_INLINE void na_normal_pair(uint64_t word0, uint64_t word1, double* first, double* second) {
  /* -2 log(u): its square root through the hardware, which rounds correctly everywhere. */
  double radius = __builtin_sqrt(-2.0 * na_log_f64(na_open_unit(word0)));
  uint64_t quadrant = (word1 + 0x20000000u) >> 30; /* 0 to 4, of which 4 is 0 */
  double r =
      (na_from_integer(word1) - na_from_integer(quadrant << 30)) * (0x1.921fb54442d18p+2 * 0x1p-32);
  double s = na_sin_poly(r, 0.0);
  double c = na_cos_poly(r, 0.0);
  int odd = (quadrant & 1) != 0;
  double cosine = odd ? s : c;
  double sine = odd ? c : s;
  uint64_t cosine_sign = (quadrant + 1) << 62 & 0x8000000000000000u;
  uint64_t sine_sign = quadrant << 62 & 0x8000000000000000u;
  *first = radius * na_from_bits(na_bits(cosine) ^ cosine_sign);
  *second = radius * na_from_bits(na_bits(sine) ^ sine_sign);
}

/*
 * 64 standard normal numbers. Elements i and i + 16 of each half of a block are a pair: words 0 and
 * 1 of a counter give elements lane and 16 + lane, words 2 and 3 give 32 + lane and 48 + lane.
 */
NA_INLINE void na_normals(double out[NA_BLOCK], const NaStep* step, uint32_t draw, int64_t block) {
  uint64_t words[NA_BLOCK];
  na_words(words, step, draw, block);
  for (int half = 0; half < NA_BLOCK; half += 2 * NA_LANES) {
    for (int lane = 0; lane < NA_LANES; lane++) {
      int i = half + lane;
      na_normal_pair(words[i], words[NA_LANES + i], &out[i], &out[NA_LANES + i]);
    }
  }
}

/* Uniform in [min, max), by a word. */
NA_INLINE na_real na_uniform_of(uint64_t word, na_real low, na_real high) {
#ifdef NA_FLOAT32
  float u = (float)na_from_integer(word >> 8) * 0x1p-24f;
#else
  double u = na_from_integer(word) * 0x1p-32;
#endif
  na_real value = low + u * (high - low);
  /* Rounding may reach the upper end, which stands for the interval above the last value. */
  return value < high ? value : low;
}

/* Exponential with the rate lambda, by a word. */
NA_INLINE na_real na_exponential_of(uint64_t word, double lambda) {
  return (na_real)(-na_log_f64(na_open_unit(word)) / lambda);
}

/* Whole numbers from min to max, both included, by a word. Among more than 2^32 only every so many
 * come up. */
NA_INLINE na_real na_discrete_uniform_of(uint64_t word, double min, double max) {
  double offset = na_from_integer(word) * 0x1p-32 * (max - min + 1.0);
  double whole = (offset + 0x1p52) - 0x1p52;
  return (na_real)(min + (whole > offset ? whole - 1.0 : whole));
}

/* The functions below fill `out` with NA_BLOCK values for the elements 64 * block ... 64 * block
 * + 63. */

/* Uniform in [min, max). */
static inline void na_draw_uniform(na_real* out, double min, double max, const NaStep* step,
                                   uint32_t draw, int64_t block) {
  uint64_t words[NA_BLOCK];
  na_words(words, step, draw, block);
  na_real low = (na_real)min;
  na_real high = (na_real)max;
  for (int i = 0; i < NA_BLOCK; i++) out[i] = na_uniform_of(words[i], low, high);
}

/* Normal with mean mu and standard deviation sigma. */
static inline void na_draw_normal(na_real* out, double mu, double sigma, const NaStep* step,
                                  uint32_t draw, int64_t block) {
  double z[NA_BLOCK];
  na_normals(z, step, draw, block);
  for (int i = 0; i < NA_BLOCK; i++) out[i] = (na_real)(mu + sigma * z[i]);
}

/* exp of a normal number. */
static inline void na_draw_lognormal(na_real* out, double mu, double sigma, const NaStep* step,
                                     uint32_t draw, int64_t block) {
  double z[NA_BLOCK];
  na_normals(z, step, draw, block);
  for (int i = 0; i < NA_BLOCK; i++) out[i] = (na_real)na_exp_f64(mu + sigma * z[i]);
}

/* Exponential with the rate lambda: mean 1 / lambda. */
static inline void na_draw_exponential(na_real* out, double lambda, const NaStep* step,
                                       uint32_t draw, int64_t block) {
  uint64_t words[NA_BLOCK];
  na_words(words, step, draw, block);
  for (int i = 0; i < NA_BLOCK; i++) out[i] = na_exponential_of(words[i], lambda);
}

/* Whole numbers from min to max, both included. */
static inline void na_draw_discrete_uniform(na_real* out, double min, double max,
                                            const NaStep* step, uint32_t draw, int64_t block) {
  uint64_t words[NA_BLOCK];
  na_words(words, step, draw, block);
  for (int i = 0; i < NA_BLOCK; i++) out[i] = na_discrete_uniform_of(words[i], min, max);
}

#include "kernel_random_pair.h"
#include "kernel_random_reject.h"

#endif
