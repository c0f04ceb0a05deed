/*
 * kernel_random_reject.h: distributions drawn by rejection, element by element; included by
 * kernel_random.h.
 */
#ifndef NEURARCHY_KERNEL_RANDOM_REJECT_H
#define NEURARCHY_KERNEL_RANDOM_REJECT_H

#include "kernel_random.h"

/* The words of one neuron, or of one synapse, round by round. */
typedef struct NaSequence {
  const NaStep* step;
  int64_t element; /* rank of the neuron, of the pre neuron for a synapse */
  int64_t post;    /* rank of the post neuron for a synapse, else NA_NO_SYNAPSE */
  uint32_t draw;
  uint32_t round;
} NaSequence;

#define NA_NO_SYNAPSE (-1)

/* Words come four at a time for a synapse; which four is the number of the trial. */
static inline void na_pair_words(uint64_t c[4], const NaStep* step, uint32_t draw, int64_t pre,
                                 int64_t post, uint32_t trial) {
  uint64_t number = (uint64_t)step->step;
  c[0] = (uint64_t)pre & 0xffffffffu;
  c[1] = (uint64_t)post & 0xffffffffu;
  c[2] = number & 0xffffffffu;
  c[3] = (number >> 32 ^ trial) & 0xffffffffu;
  na_philox(c, step->seed, na_key1(step, draw));
}

static inline uint64_t na_next_word(NaSequence* sequence) {
  uint32_t round = sequence->round++;
  if (sequence->post == NA_NO_SYNAPSE) {
    return na_word(sequence->step, sequence->draw, sequence->element, round);
  }
  uint64_t c[4];
  na_pair_words(c, sequence->step, sequence->draw, sequence->element, sequence->post, round / 4);
  return c[round % 4];
}

static inline double na_next_unit(NaSequence* sequence) {
  return na_open_unit(na_next_word(sequence));
}

static inline double na_next_normal(NaSequence* sequence) {
  uint64_t word0 = na_next_word(sequence);
  uint64_t word1 = na_next_word(sequence);
  double first;
  double second;
  na_normal_pair(word0, word1, &first, &second);
  return first;
}

/* Marsaglia & Tsang (2000), shape >= 1, scale 1. */
static inline double na_gamma_above_one(double shape, NaSequence* sequence) {
  double d = shape - 1.0 / 3.0;
  double c = 1.0 / __builtin_sqrt(9.0 * d);
  for (;;) {
    double z = na_next_normal(sequence);
    double u = na_next_unit(sequence);
    double root = 1.0 + c * z;
    if (root <= 0.0) continue;
    double v = root * root * root;
    if (na_log_f64(u) < 0.5 * z * z + d - d * v + d * na_log_f64(v)) return d * v;
  }
}

/* Shapes below 1 by G(a) = G(a + 1) U^(1/a) (the same paper). */
static inline double na_gamma(double shape, double scale, NaSequence* sequence) {
  if (!(shape > 0.0) || !(scale >= 0.0) || shape > 1e300) return shape == 0.0 ? 0.0 : NA_NAN;
  if (shape >= 1.0) return scale * na_gamma_above_one(shape, sequence);
  double power = na_exp_f64(na_log_f64(na_next_unit(sequence)) / shape);
  return scale * na_gamma_above_one(shape + 1.0, sequence) * power;
}

/* log(k!) - (log sqrt(2 pi) + (k + 1/2) log(k + 1) - (k + 1)), as in Hormann's paper: exact sum or
 * Stirling's series. */
static inline double na_stirling_tail(double k) {
  double n = k + 1.0;
  if (k < 10.0) {
    double log_factorial = 0.0;
    for (double i = 2.0; i <= k; i += 1.0) log_factorial += na_log_f64(i);
    return log_factorial - ((k + 0.5) * na_log_f64(n) - n + 0.91893853320467274);
  }
  double square = n * n;
  return (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / n;
}

/* By inversion, term by term: for few expected successes. */
static inline double na_binomial_small(double n, double p, NaSequence* sequence) {
  double odds = p / (1.0 - p);
  double term = na_pow_f64(1.0 - p, n);
  double u = na_next_unit(sequence);
  double k = 0.0;
  while (u > term && k < n) {
    u -= term;
    k += 1.0;
    term *= odds * (n - k + 1.0) / k;
  }
  return k;
}

/* Transformed rejection, Hormann (1993), algorithm BTRS: for n p >= 10 and p <= 1/2. */
static inline double na_binomial_large(double n, double p, NaSequence* sequence) {
  double spread = __builtin_sqrt(n * p * (1.0 - p));
  double b = 1.15 + 2.53 * spread;
  double a = -0.0873 + 0.0248 * b + 0.01 * p;
  double c = n * p + 0.5;
  double v_bound = 0.92 - 4.2 / b;
  double alpha = (2.83 + 5.1 / b) * spread;
  double mode = __builtin_floor((n + 1.0) * p);
  double odds = p / (1.0 - p);
  for (;;) {
    double u = na_next_unit(sequence) - 0.5;
    double v = na_next_unit(sequence);
    double us = 0.5 - na_abs_f64(u);
    double k = __builtin_floor((2.0 * a / us + b) * u + c);
    if (us >= 0.07 && v <= v_bound) return k;
    if (!(k >= 0.0) || k > n) continue;
    double left = na_log_f64(v * alpha / (a / (us * us) + b));
    double right = (mode + 0.5) * na_log_f64((mode + 1.0) / (odds * (n - mode + 1.0))) +
                   (n + 1.0) * na_log_f64((n - mode + 1.0) / (n - k + 1.0)) +
                   (k + 0.5) * na_log_f64(odds * (n - k + 1.0) / (k + 1.0)) +
                   na_stirling_tail(mode) + na_stirling_tail(n - mode) - na_stirling_tail(k) -
                   na_stirling_tail(n - k);
    if (left <= right) return k;
  }
}

static inline double na_binomial(double n, double p, NaSequence* sequence) {
  if (!(n >= 0.0) || n > 0x1p52 || !(p >= 0.0) || !(p <= 1.0)) return NA_NAN;
  double trials = __builtin_floor(n);
  double rare = p <= 0.5 ? p : 1.0 - p;
  double successes = 0.0;
  if (rare > 0.0) {
    successes = trials * rare < 10.0 ? na_binomial_small(trials, rare, sequence)
                                     : na_binomial_large(trials, rare, sequence);
  }
  return p <= 0.5 ? successes : trials - successes;
}

/* Gamma with shape alpha and scale beta: mean alpha * beta. NaN for a shape that is not positive.
 */
static inline void na_draw_gamma(na_real* out, double alpha, double beta, const NaStep* step,
                                 uint32_t draw, int64_t block) {
  for (int i = 0; i < NA_BLOCK; i++) {
    NaSequence sequence = {step, block * NA_BLOCK + i, NA_NO_SYNAPSE, draw, 0};
    out[i] = (na_real)na_gamma(alpha, beta, &sequence);
  }
}

/* Successes in n trials of probability p. NaN for a probability outside [0, 1]. */
static inline void na_draw_binomial(na_real* out, double n, double p, const NaStep* step,
                                    uint32_t draw, int64_t block) {
  for (int i = 0; i < NA_BLOCK; i++) {
    NaSequence sequence = {step, block * NA_BLOCK + i, NA_NO_SYNAPSE, draw, 0};
    out[i] = (na_real)na_binomial(n, p, &sequence);
  }
}

#endif
