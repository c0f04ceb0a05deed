/*
 * The COBA network (Vogels & Abbott 2005; Brette and others 2007, benchmark 1) as one would write
 * it by hand: one file, one thread, synapses by presynaptic neuron, one weight per kind of synapse,
 * a loop over neurons that the compiler vectorises. It is the measure for the simulator.
 *
 *   coba <seconds to simulate> <seed>     prints: CPU seconds and wall seconds of the step loop,
 * spikes coba bandwidth                        prints: bytes per second read from memory by one
 * thread
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NE = 3200, N = 4000, REFRACTORY = 50 };

static double v[N] __attribute__((aligned(64)));
static double ge[N] __attribute__((aligned(64)));
static double gi[N] __attribute__((aligned(64)));
static int32_t left[N] __attribute__((aligned(64)));
static int32_t flag[N] __attribute__((aligned(64)));
static int32_t spikes[N];
static int32_t row[N + 1];
static int32_t* post;

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t state;

/* splitmix64 (Steele, Lea & Flood 2014) */
static double uniform(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return ((double)((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53;
}

static double normal(double mu, double sigma) {
  return mu + sigma * sqrt(-2.0 * log(uniform())) * cos(6.283185307179586 * uniform());
}

static void build(void) {
  size_t room = (size_t)(N * (N * 0.02) * 1.1);
  post = malloc(room * sizeof *post);
  int32_t count = 0;
  for (int32_t pre = 0; pre < N; pre++) {
    row[pre] = count;
    for (int32_t i = 0; i < N; i++) {
      if (i != pre && uniform() < 0.02) post[count++] = i;
    }
  }
  row[N] = count;
  for (int i = 0; i < N; i++) {
    v[i] = normal(-55.0, 5.0);
    ge[i] = normal(4.0, 1.5);
    gi[i] = normal(20.0, 12.0);
  }
}

static int64_t simulate(int64_t steps) {
  const double dt = 0.1;
  const double we = 0.6;
  const double wi = 6.7;
  const double a = dt / 20.0;
  const double b = dt / 5.0;
  const double c = dt / 10.0;
  int64_t total = 0;
  int32_t count = 0;
  for (int64_t n = 0; n < steps; n++) {
    for (int32_t s = 0; s < count; s++) {
      int32_t pre = spikes[s];
      double* g = pre < NE ? ge : gi;
      double w = pre < NE ? we : wi;
      for (int32_t j = row[pre]; j < row[pre + 1]; j++) g[post[j]] += w;
    }
    for (int i = 0; i < N; i++) {
      double dv = a * ((-60.0 - v[i]) + ge[i] * (0.0 - v[i]) + gi[i] * (-80.0 - v[i]) + 20.0);
      int32_t active = left[i] <= 0;
      double next = active ? v[i] + dv : v[i];
      ge[i] -= b * ge[i];
      gi[i] -= c * gi[i];
      left[i] -= !active;
      v[i] = next;
      flag[i] = active & (next > -50.0);
    }
    /* Spikes are rare: eight neurons are passed over by one test. */
    count = 0;
    for (int32_t first = 0; first < N; first += 8) {
      uint64_t any[4];
      memcpy(any, flag + first, sizeof any);
      if ((any[0] | any[1] | any[2] | any[3]) == 0) continue;
      for (int32_t i = first; i < first + 8; i++) {
        if (flag[i]) {
          spikes[count++] = i;
          v[i] = -60.0;
          left[i] = REFRACTORY;
        }
      }
    }
    total += count;
  }
  return total;
}

static void bandwidth(void) {
  const size_t words = (size_t)32 << 20; /* 256 MiB */
  uint64_t* data = malloc(words * sizeof *data);
  memset(data, 1, words * sizeof *data);
  double best = 0;
  uint64_t sum = 0;
  for (int repetition = 0; repetition < 5; repetition++) {
    double start = now(CLOCK_THREAD_CPUTIME_ID);
    for (size_t i = 0; i < words; i++) sum += data[i];
    double rate = (double)(words * sizeof *data) / (now(CLOCK_THREAD_CPUTIME_ID) - start);
    if (rate > best) best = rate;
  }
  /* The sum is used, or the loop would not be there. */
  printf("%.4g %d\n", best, (int)(sum & 1));
}

int main(int argc, char** argv) {
  if (argc == 2 && strcmp(argv[1], "bandwidth") == 0) {
    bandwidth();
    return 0;
  }
  if (argc != 3) return 2;
  state = (uint64_t)atoll(argv[2]);
  build();
  double wall = now(CLOCK_MONOTONIC);
  double cpu = now(CLOCK_THREAD_CPUTIME_ID);
  int64_t total = simulate((int64_t)(atof(argv[1]) * 1e4));
  cpu = now(CLOCK_THREAD_CPUTIME_ID) - cpu;
  wall = now(CLOCK_MONOTONIC) - wall;
  printf("%.6f %.6f %lld\n", cpu, wall, (long long)total);
  return 0;
}
