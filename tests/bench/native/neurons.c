/*
 * Neuron types as one would write them by hand, beside the libraries that are generated for the
 * same equations: one thread, double precision, all values in the cache.
 *
 *   neurons library.so model size steps rounds name=value ... name=from:to ...
 *
 * Both run the same number of steps again and again, in turn. Printed: least CPU nanoseconds per
 * neuron and step of the generated and of the written code, and the spikes of each. Fields begin
 * with the values given, or with values that rise from the first neuron to the last; all others
 * with 0.
 */
#define _POSIX_C_SOURCE 200809L

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#include "kernel_functions.h"
#include "kernel_random.h"

enum { MOST = 1 << 16, REFRACTORY = 50 };

#define ARRAY(name) static double name[MOST] __attribute__((aligned(64)))
ARRAY(v);
ARRAY(u);
ARRAY(ge);
ARRAY(gi);
ARRAY(m);
ARRAY(h);
ARRAY(n);
static int32_t left[MOST] __attribute__((aligned(64)));
static int32_t flag[MOST] __attribute__((aligned(64)));
static int32_t ranks[MOST];

static void fail(const char* message) {
  fprintf(stderr, "%s\n", message);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Spikes are rare: eight neurons are passed over by one test. */
static int64_t spikes(const int32_t* flags, int64_t size) {
  int64_t count = 0;
  for (int64_t first = 0; first < size; first += 8) {
    uint64_t any[4];
    memcpy(any, flags + first, sizeof any);
    if ((any[0] | any[1] | any[2] | any[3]) == 0) continue;
    for (int64_t i = first; i < first + 8 && i < size; i++) {
      if (flags[i]) ranks[count++] = (int32_t)i;
    }
  }
  return count;
}

/* Izhikevich 2003, constant input. */
static int64_t izhikevich(int64_t size, const NaStep* step) {
  const double dt = step->dt;
  const double a = 0.02, b = 0.2, c = -65.0, d = 8.0, I = 10.0;
#pragma omp simd
  for (int64_t i = 0; i < size; i++) {
    double dv = dt * (0.04 * (v[i] * v[i]) + 5.0 * v[i] + 140.0 - u[i] + I);
    double du = dt * (a * (b * v[i] - u[i]));
    v[i] += dv;
    u[i] += du;
    flag[i] = v[i] >= 30.0;
  }
  int64_t count = spikes(flag, size);
  for (int64_t k = 0; k < count; k++) {
    v[ranks[k]] = c;
    u[ranks[k]] += d;
  }
  return count;
}

/* The same with a normal number for each neuron and step, from the generator of the simulator. */
static int64_t izhikevich_noise(int64_t size, const NaStep* step) {
  const double dt = step->dt;
  const double a = 0.02, b = 0.2, c = -65.0, d = 8.0, noise = 5.0;
  for (int64_t block = 0; block < size; block += NA_BLOCK) {
    double z[NA_BLOCK];
    na_draw_normal(z, 0.0, 1.0, step, 0, block / NA_BLOCK);
#pragma omp simd
    for (int64_t i = 0; i < NA_BLOCK; i++) {
      int64_t k = block + i;
      double dv = dt * (0.04 * (v[k] * v[k]) + 5.0 * v[k] + 140.0 - u[k] + noise * z[i]);
      double du = dt * (a * (b * v[k] - u[k]));
      v[k] += dv;
      u[k] += du;
      flag[k] = v[k] >= 30.0;
    }
  }
  int64_t count = spikes(flag, size);
  for (int64_t k = 0; k < count; k++) {
    v[ranks[k]] = c;
    u[ranks[k]] += d;
  }
  return count;
}

/* The neuron of Vogels & Abbott 2005. */
static int64_t coba(int64_t size, const NaStep* step) {
  const double A = step->dt / 20.0, B = step->dt / 5.0, C = step->dt / 10.0;
#pragma omp simd
  for (int64_t i = 0; i < size; i++) {
    double dv = A * ((-60.0 - v[i]) + ge[i] * (0.0 - v[i]) + gi[i] * (-80.0 - v[i]) + 20.0);
    int32_t active = left[i] <= 0;
    double next = active ? v[i] + dv : v[i];
    ge[i] -= B * ge[i];
    gi[i] -= C * gi[i];
    left[i] -= !active;
    v[i] = next;
    flag[i] = active & (next > -50.0);
  }
  int64_t count = spikes(flag, size);
  for (int64_t k = 0; k < count; k++) {
    v[ranks[k]] = -60.0;
    left[ranks[k]] = REFRACTORY;
  }
  return count;
}

/* Traub & Miles 1991, in the form of Brette and others 2007; gates by Euler's rule. */
static int64_t hodgkin_huxley(int64_t size, const NaStep* step) {
  const double dt = step->dt;
  const double over = dt / 0.2;
#pragma omp simd
  for (int64_t i = 0; i < size; i++) {
    const double x = v[i], s = x + 63.0;
    const double an = 0.032 * (15.0 - s) / (na_exp((15.0 - s) / 5.0) - 1.0);
    const double am = 0.32 * (13.0 - s) / (na_exp((13.0 - s) / 4.0) - 1.0);
    const double ah = 0.128 * na_exp((17.0 - s) / 18.0);
    const double bn = 0.5 * na_exp((10.0 - s) / 40.0);
    const double bm = 0.28 * (s - 40.0) / (na_exp((s - 40.0) / 5.0) - 1.0);
    const double bh = 4.0 / (1.0 + na_exp((40.0 - s) / 5.0));
    const double n2 = n[i] * n[i];
    const double m3 = m[i] * m[i] * m[i];
    const double current =
        0.01 * (-65.0 - x) + 6.0 * (n2 * n2) * (-90.0 - x) + 20.0 * m3 * h[i] * (50.0 - x) + 0.1;
    n[i] += dt * (an * (1.0 - n[i]) - bn * n[i]);
    m[i] += dt * (am * (1.0 - m[i]) - bm * m[i]);
    h[i] += dt * (ah * (1.0 - h[i]) - bh * h[i]);
    v[i] = x + over * current;
    flag[i] = (v[i] > 0.0) & (x <= 0.0);
  }
  return spikes(flag, size);
}

static const struct {
  const char* name;
  int64_t (*step)(int64_t size, const NaStep* step);
} models[] = {
    {"izhikevich", izhikevich},
    {"izhikevich-noise", izhikevich_noise},
    {"coba", coba},
    {"hodgkin-huxley", hodgkin_huxley},
};

static const struct {
  const char* name;
  double* values;
} arrays[] = {{"v", v}, {"u", u}, {"g_exc", ge}, {"g_inh", gi}, {"m", m}, {"h", h}, {"n", n}};

static int64_t padded(int64_t size) { return (size + NA_BLOCK - 1) / NA_BLOCK * NA_BLOCK; }

static int slot_of(const NaKernel* kernel, const char* name, size_t length) {
  for (uint32_t f = 0; f < kernel->field_count; f++) {
    const char* candidate = kernel->fields[f].name;
    if (strlen(candidate) == length && strncmp(candidate, name, length) == 0) return (int)f;
  }
  return -1;
}

/* name=value or name=from:to, for the fields of the library and the arrays above. */
static void fill(const NaKernel* kernel, void** fields, int64_t size, const char* word) {
  const char* equals = strchr(word, '=');
  if (equals == NULL) fail("a value has the form name=value");
  size_t length = (size_t)(equals - word);
  double from = atof(equals + 1);
  const char* colon = strchr(equals, ':');
  double to = colon == NULL ? from : atof(colon + 1);
  int slot = slot_of(kernel, word, length);
  if (slot < 0) fail(word);
  const NaField* field = &kernel->fields[slot];
  int64_t count = field->scope == NA_GLOBAL ? 1 : padded(size);
  for (int64_t i = 0; i < count; i++) {
    double value = from + (to - from) * (double)i / (double)padded(size);
    if (field->type == NA_INT32) {
      ((int32_t*)fields[slot])[i] = (int32_t)value;
    } else {
      ((double*)fields[slot])[i] = value;
    }
    for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++) {
      if (strlen(arrays[a].name) == length && strncmp(arrays[a].name, word, length) == 0) {
        arrays[a].values[i] = value;
      }
    }
  }
}

int main(int argc, char** argv) {
  if (argc < 6) fail("usage: neurons library.so model size steps rounds name=value ...");
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) fail(dlerror());
  NaKernelEntry entry;
  *(void**)&entry = dlsym(library, NA_KERNEL_SYMBOL);
  if (entry == NULL) fail("no kernel in the library");
  const NaKernel* kernel = entry();
  const int64_t size = atoll(argv[3]), steps = atoll(argv[4]), rounds = atoll(argv[5]);
  if (size > MOST) fail("too many neurons");
  int64_t (*by_hand)(int64_t, const NaStep*) = NULL;
  for (size_t k = 0; k < sizeof models / sizeof *models; k++) {
    if (strcmp(models[k].name, argv[2]) == 0) by_hand = models[k].step;
  }
  if (by_hand == NULL) fail("there is no such model");
  void** fields = calloc(kernel->field_count, sizeof *fields);
  for (uint32_t f = 0; f < kernel->field_count; f++) {
    /* A line more than the values need keeps arrays from starting at the same place of a page. */
    size_t bytes = (size_t)padded(size) * 8 + 64 * (f + 1);
    fields[f] = aligned_alloc(64, bytes);
    memset(fields[f], 0, bytes);
  }
  for (int word = 6; word < argc; word++) fill(kernel, fields, size, argv[word]);
  const int spiked = slot_of(kernel, ".spiked", strlen(".spiked"));
  if (spiked < 0) fail("the neurons do not spike");

#if defined(__x86_64__)
  _mm_setcsr(_mm_getcsr() | 0x8040u); /* flush-to-zero, as the engine does */
#endif
  NaFailure failure = {0, 0, -1, 0};
  const double dt = 0.1;
  NaStep ours = {0, 0.0, dt, dt, 42, 0, &failure};
  NaStep theirs = ours;
  double least[2] = {1e9, 1e9};
  int64_t total[2] = {0, 0};
  for (int64_t round = 0; round < rounds; round++) {
    double start = now();
    for (int64_t k = 0; k < steps; k++, ours.step++) {
      ours.t = (double)ours.step * dt;
      if (kernel->globals != NULL) kernel->globals(fields, &ours);
      kernel->update(fields, 0, padded(size), &ours);
      int64_t count = spikes((const int32_t*)fields[spiked], size);
      if (count > 0) kernel->reset(fields, ranks, count, &ours);
      total[0] += count;
    }
    double middle = now();
    for (int64_t k = 0; k < steps; k++, theirs.step++) total[1] += by_hand(size, &theirs);
    double end = now();
    const double taken[2] = {middle - start, end - middle};
    for (int side = 0; side < 2; side++) {
      double each = 1e9 * taken[side] / (double)(size * steps);
      if (each < least[side]) least[side] = each;
    }
  }
  printf("%.4f %.4f %lld %lld\n", least[0], least[1], (long long)total[0], (long long)total[1]);
  return 0;
}
