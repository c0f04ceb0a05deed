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

enum {
  PERIOD,
  PHASE,
  G,
  G_INH,
  TOTAL,
  SPIKED,
  REMAINING,
  RESETS,
  COUNT,
  LAST_SPIKE,
  READY,
  AXON,
  AXON_RESETS,
  FIELDS
};

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
  int32_t* ready = fields[READY];
  for (int64_t i = begin; i < end; i++) {
    total[i] += g[i] - g_inh[i];
    g[i] = 0;
    g_inh[i] = 0;
    int32_t refractory = remaining[i] > 0;
    remaining[i] -= refractory;
    ready[i] = !refractory;
    spiked[i] = !refractory && period[i] > 0 && (step->step + phase[i]) % period[i] == 0;
  }
}

static void reset(void* const* fields, const int32_t* ranks, int64_t count, const NaStep* step) {
  int32_t* resets = fields[RESETS];
  int32_t* last_spike = fields[LAST_SPIKE];
  for (int64_t i = 0; i < count; i++) {
    resets[ranks[i]] += 1;
    last_spike[ranks[i]] = (int32_t)step->step;
  }
}

/* An axonal event one step before the spike. */
static void axon(void* const* fields, int64_t begin, int64_t end, const NaStep* step) {
  const int32_t* period = fields[PERIOD];
  const int32_t* phase = fields[PHASE];
  const int32_t* ready = fields[READY];
  int32_t* event = fields[AXON];
  for (int64_t i = begin; i < end; i++) {
    int32_t spikes = period[i] > 0 && (step->step + phase[i]) % period[i] == 0;
    int32_t next = period[i] > 0 && (step->step + 1 + phase[i]) % period[i] == 0;
    event[i] = ready[i] && next && !spikes;
  }
}

static void axon_reset(void* const* fields, const int32_t* ranks, int64_t count,
                       const NaStep* step) {
  (void)step;
  int32_t* resets = fields[AXON_RESETS];
  for (int64_t i = 0; i < count; i++) resets[ranks[i]] += 1;
}

/* Stops when a neuron was reset as often as its phase tells. */
static int64_t stop(void* const* fields, int64_t begin, int64_t end, const NaStep* step) {
  (void)step;
  const int32_t* phase = fields[PHASE];
  const int32_t* resets = fields[RESETS];
  int64_t count = 0;
  for (int64_t i = begin; i < end; i++) count += phase[i] > 0 && resets[i] >= phase[i];
  return count;
}

#define FIELD(name, type, scope) {name, type, scope, NA_SELF, 0}
static const NaField table[FIELDS] = {
    FIELD(TEST_FIELD_NAME, TEST_FIELD_TYPE, NA_LOCAL),
    FIELD("phase", NA_INT32, NA_LOCAL),
    FIELD("g", NA_REAL, NA_LOCAL),
    FIELD("g_inh", NA_REAL, NA_LOCAL),
    FIELD("total", NA_REAL, NA_LOCAL),
    FIELD("spiked", NA_INT32, NA_LOCAL),
    FIELD("remaining", NA_INT32, NA_LOCAL),
    FIELD("resets", NA_INT32, NA_LOCAL),
    FIELD("count", NA_REAL, NA_GLOBAL),
    FIELD("lastSpike", NA_INT32, NA_LOCAL),
    FIELD("ready", NA_INT32, NA_LOCAL),
    FIELD("axon", NA_INT32, NA_LOCAL),
    FIELD("axonResets", NA_INT32, NA_LOCAL),
};

static const NaKernel kernel = {
    .abi_version = TEST_ABI_VERSION,
    .real_size = sizeof(na_real),
    .field_count = FIELDS,
    .fields = table,
    .globals = globals,
    .update = update,
    .reset = reset,
    .axon = axon,
    .axon_reset = axon_reset,
    .stop = stop,
};

NA_EXPORT const NaKernel* neurarchy_kernel(void) { return &kernel; }
