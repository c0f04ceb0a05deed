/* A leaky integrate-and-fire neuron with noise and two kinds of input, as the compiler would emit
 * it. */
#include "kernel_math.h"
#include "kernel_random.h"

enum { V, G_EXC, G_INH, TAU, NOISE, SPIKED, REMAINING, FIELDS };

static void update(void* const* fields, int64_t begin, int64_t end, const NaStep* step) {
  const na_real tau = *(const na_real*)fields[TAU];
  const na_real noise = *(const na_real*)fields[NOISE];
  const na_real decay = na_exp((na_real)(-step->dt / 5.0));
  for (int64_t first = begin; first < end; first += NA_BLOCK) {
    na_real* restrict v = (na_real*)fields[V] + first;
    na_real* restrict g_exc = (na_real*)fields[G_EXC] + first;
    na_real* restrict g_inh = (na_real*)fields[G_INH] + first;
    int32_t* restrict spiked = (int32_t*)fields[SPIKED] + first;
    int32_t* restrict remaining = (int32_t*)fields[REMAINING] + first;
    na_real xi[NA_BLOCK];
    na_draw_normal(xi, 0, 1, step, 0, first / NA_BLOCK);
    for (int i = 0; i < NA_BLOCK; i++) {
      int32_t active = remaining[i] <= 0;
      na_real change =
          (na_real)step->dt * ((20 - v[i]) / tau + g_exc[i] - g_inh[i] + noise * xi[i]);
      v[i] = active ? v[i] + change : v[i];
      g_exc[i] *= decay;
      g_inh[i] *= decay;
      remaining[i] -= !active;
      spiked[i] = active & (v[i] > 15);
    }
  }
}

static void reset(void* const* fields, const int32_t* ranks, int64_t count, const NaStep* step) {
  (void)step;
  na_real* v = fields[V];
  int32_t* remaining = fields[REMAINING];
  for (int64_t i = 0; i < count; i++) {
    v[ranks[i]] = 0;
    remaining[ranks[i]] = 20;
  }
}

#define FIELD(name, type, scope) {name, type, scope, NA_SELF, 0}
static const NaField table[FIELDS] = {
    FIELD("v", NA_REAL, NA_LOCAL),          FIELD("g_exc", NA_REAL, NA_LOCAL),
    FIELD("g_inh", NA_REAL, NA_LOCAL),      FIELD("tau", NA_REAL, NA_GLOBAL),
    FIELD("noise", NA_REAL, NA_GLOBAL),     FIELD("spiked", NA_INT32, NA_LOCAL),
    FIELD("remaining", NA_INT32, NA_LOCAL),
};

static const NaKernel kernel = {.abi_version = NA_ABI_VERSION,
                                .real_size = sizeof(na_real),
                                .field_count = FIELDS,
                                .fields = table,
                                .update = update,
                                .reset = reset};

NA_EXPORT const NaKernel* neurarchy_kernel(void) { return &kernel; }
