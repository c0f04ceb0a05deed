/*
 * Pair-based plasticity by hand: weights in the order of the pre neurons, one trace per neuron,
 * which decays in every step. The post neurons find their synapses through an index. Arguments:
 * neurons at each end, probability of a connection, steps. Output: CPU seconds for the synapses,
 * synaptic events.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t state = 88172645463325252u;

static double uniform(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (double)(state >> 11) * 0x1p-53;
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double clip(double x, double low, double high) {
  return x < low ? low : x > high ? high : x;
}

typedef struct Entry {
  uint32_t position;
  uint32_t pre;
} Entry;

static int draw_spikes(int n, int* spikes) {
  int count = 0;
  for (int i = 0; i < n; i++) {
    if (uniform() < 0.015) spikes[count++] = i;
  }
  return count;
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const int n = atoi(argv[1]);
  const double p = atof(argv[2]);
  const int steps = atoi(argv[3]);
  const size_t size = (size_t)n;
  int64_t* start = calloc(size + 1, sizeof(int64_t));
  int64_t* cross_start = calloc(size + 1, sizeof(int64_t));
  const size_t most = (size_t)((double)n * (double)n * p * 1.05) + size + 16;
  uint16_t* post_of = malloc(most * sizeof(uint16_t));
  Entry* cross = malloc(most * sizeof(Entry));
  double* w = malloc(most * sizeof(double));
  double *x = calloc(size, sizeof(double)), *y = calloc(size, sizeof(double));
  double* g = calloc(size, sizeof(double));
  int *pre = malloc(size * sizeof(int)), *post = malloc(size * sizeof(int));
  int64_t* next = malloc((size + 1) * sizeof(int64_t));
  if (!start || !cross_start || !post_of || !cross || !w || !x || !y || !g || !pre || !post ||
      !next)
    return 1;
  int64_t count = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      if (p < 1 && uniform() >= p) continue;
      if ((size_t)count == most) return 1;
      post_of[count] = (uint16_t)j;
      w[count++] = 0.5;
      cross_start[j + 1]++;
    }
    start[i + 1] = count;
  }
  for (int j = 0; j < n; j++) cross_start[j + 1] += cross_start[j];
  for (int j = 0; j < n; j++) next[j] = cross_start[j];
  for (int i = 0; i < n; i++) {
    for (int64_t s = start[i]; s < start[i + 1]; s++)
      cross[next[post_of[s]]++] = (Entry){(uint32_t)s, (uint32_t)i};
  }

  const double decay_x = 0.951229424500714,
               decay_y = 0.967216100604623; /* exp(-1/20), exp(-1/30) */
  double total = 0;
  int64_t events = 0;
  for (int step = 0; step < steps; step++) {
    const int pres = draw_spikes(n, pre), posts = draw_spikes(n, post);
    const double begin = seconds();
    for (int i = 0; i < n; i++) x[i] *= decay_x;
    for (int i = 0; i < n; i++) y[i] *= decay_y;
    for (int k = 0; k < pres; k++) {
      const int i = pre[k];
      x[i] += 0.01;
#pragma GCC ivdep
      for (int64_t s = start[i]; s < start[i + 1]; s++) {
        g[post_of[s]] += w[s];
        w[s] = clip(w[s] - y[post_of[s]], 0, 1);
      }
      events += start[i + 1] - start[i];
    }
    for (int k = 0; k < posts; k++) {
      const int j = post[k];
      y[j] += 0.012;
#pragma GCC ivdep
      for (int64_t c = cross_start[j]; c < cross_start[j + 1]; c++)
        w[cross[c].position] = clip(w[cross[c].position] + x[cross[c].pre], 0, 1);
      events += cross_start[j + 1] - cross_start[j];
    }
    total += seconds() - begin;
  }
  double sum = 0; /* so that nothing is left out */
  for (int64_t s = 0; s < count; s++) sum += w[s];
  printf("%.9f %lld %.6f\n", total, (long long)events, sum);
  return 0;
}
