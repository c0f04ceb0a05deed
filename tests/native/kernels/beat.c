/*
 * A neuron that spikes by the clock and adds up its input: every spike and every arrival is known
 * beforehand. With TEST_ABI_VERSION, TEST_FIELD_NAME or TEST_FIELD_TYPE it is a library that the
 * engine must refuse.
 */
#include "kernel_abi.h"

#ifndef TEST_ABI_VERSION
#define TEST_ABI_VERSION NA_ABI_VERSION
#endif
#ifndef TEST_FIELD_NAME
#define TEST_FIELD_NAME "period"
#endif
#ifndef TEST_FIELD_TYPE
#define TEST_FIELD_TYPE NA_INT32
#endif

enum { PERIOD, PHASE, G, G_INH, TOTAL, SPIKED, REMAINING, RESETS, COUNT, FIELDS };

static void globals(void* const* fields, const NaStep* step) {
  (void)step;
  *(na_real*)fields[COUNT] += 1;
}

static void update(void* const* fields, int64_t begin, int64_t end, const NaStep* step) {
  const int32_t* period = fields[PERIOD];
  const int32_t* phase = fields[PHASE];
  na_real* g = fields[G];
  na_real* g_inh = fields[G_INH];
  na_real* total = fields[TOTAL];
  int32_t* spiked = fields[SPIKED];
  int32_t* remaining = fields[REMAINING];
  for (int64_t i = begin; i < end; i++) {
    total[i] += g[i] - g_inh[i];
    g[i] = 0;
    g_inh[i] = 0;
    int32_t refractory = remaining[i] > 0;
    remaining[i] -= refractory;
    spiked[i] = !refractory && period[i] > 0 && (step->step + phase[i]) % period[i] == 0;
  }
}

static void reset(void* const* fields, const int32_t* ranks, int64_t count, const NaStep* step) {
  (void)step;
  int32_t* resets = fields[RESETS];
  for (int64_t i = 0; i < count; i++) resets[ranks[i]] += 1;
}

static const NaField table[FIELDS] = {
    {TEST_FIELD_NAME, TEST_FIELD_TYPE, NA_LOCAL},
    {"phase", NA_INT32, NA_LOCAL},
    {"g", NA_REAL, NA_LOCAL},
    {"g_inh", NA_REAL, NA_LOCAL},
    {"total", NA_REAL, NA_LOCAL},
    {"spiked", NA_INT32, NA_LOCAL},
    {"remaining", NA_INT32, NA_LOCAL},
    {"resets", NA_INT32, NA_LOCAL},
    {"count", NA_REAL, NA_GLOBAL},
};

static const NaKernel kernel = {TEST_ABI_VERSION, sizeof(na_real), FIELDS, 0, table,
                                globals,          update,          reset};

NA_EXPORT const NaKernel* neurarchy_kernel(void) { return &kernel; }
