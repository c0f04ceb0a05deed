/*
 * A rate-coded neuron with noise; or, with a positive `ramp`, one whose rate is step * ramp + rank.
 * With a negative one, neurons 69, 139, ... report in step 5 that they did not converge, and those
 * of the padding do so in every step.
 */
#include "kernel_math.h"
#include "kernel_random.h"

enum { R, EXC, RAMP, NOISE, FIELDS };

static void fail(const NaStep* step, int64_t element) {
  if (step->failure->variable >= 0) return;
  step->failure->variable = R;
  step->failure->element = element;
}

static void update(void* const* fields, int64_t begin, int64_t end, const NaStep* step) {
  const na_real ramp = *(const na_real*)fields[RAMP];
  const na_real noise = *(const na_real*)fields[NOISE];
  na_real* r = fields[R];
  const na_real* exc = fields[EXC];
  for (int64_t first = begin; first < end; first += NA_BLOCK) {
    na_real xi[NA_BLOCK];
    na_draw_normal(xi, 0, 1, step, 0, first / NA_BLOCK);
    for (int64_t i = first; i < first + NA_BLOCK; i++) {
      na_real driven = r[i] + (na_real)step->dt * (exc[i] + noise * xi[i - first] - r[i]);
      if (ramp < 0 && (i >= 200 || (step->step == 5 && i % 70 == 69))) fail(step, i);
      r[i] = ramp > 0 ? (na_real)step->step * ramp + (na_real)i : driven;
    }
  }
}

static const NaField table[FIELDS] = {
    {"r", NA_REAL, NA_LOCAL, NA_SELF, 0},
    {".sum(exc)", NA_REAL, NA_LOCAL, NA_SELF, 0},
    {"ramp", NA_REAL, NA_GLOBAL, NA_SELF, 0},
    {"noise", NA_REAL, NA_GLOBAL, NA_SELF, 0},
};

static const NaKernel kernel = {
    .abi_version = NA_ABI_VERSION,
    .real_size = sizeof(na_real),
    .field_count = FIELDS,
    .fields = table,
    .update = update,
};

NA_EXPORT const NaKernel* neurarchy_kernel(void) { return &kernel; }
