/*
 * kernel_random_pair.h: random numbers of synapses, one at a time; included by kernel_random.h.
 *
 * A random number of a synapse is a function of (seed, object, draw, step, pre, post), with the
 * ranks of the neurons that it connects: how synapses are stored does not change it. The counter of
 * the generator is
 *
 *   (pre, post, low word of step, high word of step ^ trial)
 *
 * and each of its four words is used before the next trial begins. NA_NOBODY takes the place of the
 * pre neuron in a draw that is made once for all synapses of a post neuron.
 */
#ifndef NEURARCHY_KERNEL_RANDOM_PAIR_H
#define NEURARCHY_KERNEL_RANDOM_PAIR_H

#include "kernel_random.h"
#include "kernel_random_reject.h"

#define NA_NOBODY (-1)

static inline double na_pair_standard_normal(const NaStep* step, uint32_t draw, int64_t pre,
                                             int64_t post) {
  NaSequence sequence = {step, pre, post, draw, 0};
  return na_next_normal(&sequence);
}

static inline uint64_t na_pair_word(const NaStep* step, uint32_t draw, int64_t pre, int64_t post) {
  NaSequence sequence = {step, pre, post, draw, 0};
  return na_next_word(&sequence);
}

static inline na_real na_pair_uniform(double min, double max, const NaStep* step, uint32_t draw,
                                      int64_t pre, int64_t post) {
  return na_uniform_of(na_pair_word(step, draw, pre, post), (na_real)min, (na_real)max);
}

static inline na_real na_pair_discrete_uniform(double min, double max, const NaStep* step,
                                               uint32_t draw, int64_t pre, int64_t post) {
  return na_discrete_uniform_of(na_pair_word(step, draw, pre, post), min, max);
}

static inline na_real na_pair_exponential(double lambda, const NaStep* step, uint32_t draw,
                                          int64_t pre, int64_t post) {
  return na_exponential_of(na_pair_word(step, draw, pre, post), lambda);
}

static inline na_real na_pair_normal(double mu, double sigma, const NaStep* step, uint32_t draw,
                                     int64_t pre, int64_t post) {
  return (na_real)(mu + sigma * na_pair_standard_normal(step, draw, pre, post));
}

static inline na_real na_pair_lognormal(double mu, double sigma, const NaStep* step, uint32_t draw,
                                        int64_t pre, int64_t post) {
  return (na_real)na_exp_f64(mu + sigma * na_pair_standard_normal(step, draw, pre, post));
}

static inline na_real na_pair_gamma(double alpha, double beta, const NaStep* step, uint32_t draw,
                                    int64_t pre, int64_t post) {
  NaSequence sequence = {step, pre, post, draw, 0};
  return (na_real)na_gamma(alpha, beta, &sequence);
}

static inline na_real na_pair_binomial(double n, double p, const NaStep* step, uint32_t draw,
                                       int64_t pre, int64_t post) {
  NaSequence sequence = {step, pre, post, draw, 0};
  return (na_real)na_binomial(n, p, &sequence);
}

#endif
