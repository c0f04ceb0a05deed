/*
 * A weighted sum of rates whose weights learn: psp = w pre.r. It keeps what it saw of the pre
 * neuron. TEST_DELAYS gives each synapse its delay; with TEST_PARTIAL the psp is w pre.sum(exc).
 */
#include "synapses.h"

enum {
  W,
  SEEN,  /* pre.r in the last transmission */
  FRESH, /* pre.r in the last update */
  DRIFT, /* one for all */
  NORM,  /* by post neuron */
  PRE_R,
  POST_R,
  TARGET,
#ifdef TEST_DELAYS
  DELAY,
#endif
  FIELDS
};

static na_real pre_r(const NaSynapses* s, int64_t i) {
#ifdef TEST_DELAYS
  const int32_t* delay = s->fields[DELAY];
  const na_real* const* rows = (const na_real* const*)s->fields[PRE_R];
  return rows[delay[i]][partner_at(s, i)];
#else
  return ((const na_real*)s->fields[PRE_R])[partner_at(s, i)];
#endif
}

static void transmit(const NaSynapses* s, const NaStep* step) {
  (void)step;
  const na_real* w = s->fields[W];
  na_real* seen = s->fields[SEEN];
  na_real* target = s->fields[TARGET];
  for (int64_t row = 0; row < s->rows; row++) {
    if (s->start[row] == s->start[row + 1]) continue;
    na_real sum = 0;
    for (int64_t i = s->start[row]; i < s->start[row + 1]; i++) {
      seen[i] = pre_r(s, i);
      sum += w[i] * seen[i];
    }
    target[row] += sum;
  }
}

static void globals(const NaSynapses* s, const NaStep* step) {
  (void)step;
  *(na_real*)s->fields[DRIFT] += 1;
}

static void update(const NaSynapses* s, const NaStep* step) {
  na_real* w = s->fields[W];
  na_real* fresh = s->fields[FRESH];
  na_real* norm = s->fields[NORM];
  const na_real* post = s->fields[POST_R];
  const na_real drift = *(const na_real*)s->fields[DRIFT];
  for (int64_t row = 0; row < s->rows; row++) {
    norm[row] = 0;
    for (int64_t i = s->start[row]; i < s->start[row + 1]; i++) norm[row] += w[i] * w[i];
    for (int64_t i = s->start[row]; i < s->start[row + 1]; i++) {
      fresh[i] = pre_r(s, i);
      na_real change = (na_real)step->dt * post[row] * (fresh[i] - post[row] * w[i]);
      if (s->plasticity) w[i] += change / (1 + norm[row] + drift);
    }
  }
}

#ifdef TEST_PARTIAL
#define SOURCE ".sum(exc)"
#else
#define SOURCE "r"
#endif

static const NaField table[FIELDS] = {
    FIELD("w", NA_REAL, NA_LOCAL, NA_SELF),       FIELD("seen", NA_REAL, NA_LOCAL, NA_SELF),
    FIELD("fresh", NA_REAL, NA_LOCAL, NA_SELF),   FIELD("drift", NA_REAL, NA_GLOBAL, NA_SELF),
    FIELD("norm", NA_REAL, NA_ROW, NA_SELF),      FIELD(SOURCE, NA_REAL, NA_LOCAL, NA_PRE),
    FIELD("r", NA_REAL, NA_LOCAL, NA_POST),       FIELD(".sum(exc)", NA_REAL, NA_LOCAL, NA_POST),
#ifdef TEST_DELAYS
    FIELD(".delay", NA_INT32, NA_LOCAL, NA_SELF),
#endif
};

static const NaSynapseKernel kernel = {
    .abi_version = NA_ABI_VERSION,
    .real_size = sizeof(na_real),
    .index_size = sizeof(na_index),
    .field_count = FIELDS,
    .fields = table,
    .storage = NA_BY_ROW,
    .globals = globals,
    .transmit = transmit,
    .update = update,
};

NA_EXPORT const NaSynapseKernel* neurarchy_synapse(void) { return &kernel; }
