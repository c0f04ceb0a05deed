/*
 * A synapse that writes down what happens to it and when. TEST_STORAGE chooses the storage,
 * NA_NARROW the indices; TEST_DELAYS gives each synapse its delay; TEST_RULES has rules of
 * structural plasticity; TEST_AXON reacts to axonal events too, as to spikes (1) or by code of its
 * own (2). With TEST_OWNER, TEST_NAME or TEST_INDEX_SIZE it is a library that the engine must
 * refuse.
 */
#include "synapses.h"

#ifndef TEST_OWNER
#define TEST_OWNER NA_POST
#endif
#ifndef TEST_NAME
#define TEST_NAME "arrived"
#endif
#ifndef TEST_INDEX_SIZE
#define TEST_INDEX_SIZE sizeof(na_index)
#endif

enum {
  W,
  ARRIVED,    /* step of the last arrival */
  ARRIVALS,   /* their number */
  POSTED,     /* step of the last post event */
  PLACE,      /* 1000 pre + post, as found by column */
  ROW_PLACE,  /* the same, as found by row */
  TIME,       /* sum of dt over the updates */
  LAST_EVENT, /* kept by the engine */
  SENT,       /* events by pre neuron */
  MEANS,      /* by post neuron: mean weight, worked out in the update */
  UPDATES,    /* one for all */
  TARGET,
  PRE_TOTAL,
#ifdef TEST_DELAYS
  DELAY,
#endif
  FIELDS
};

static void arrive(const NaSynapses* s, const NaSegment* segments, int64_t count, int32_t times,
                   const NaStep* step) {
  const na_real* w = s->fields[W];
  int32_t* arrived = s->fields[ARRIVED];
  int32_t* arrivals = s->fields[ARRIVALS];
  int32_t* place = s->fields[PLACE];
  int32_t* last = s->fields[LAST_EVENT];
  na_real* sent = s->fields[SENT];
  na_real* target = s->fields[TARGET];
  for (int64_t n = 0; n < count; n++) {
    sent[segments[n].neuron] += 1;
    for (int64_t i = segments[n].begin; i < segments[n].end; i++) {
      int64_t position = column_position(s, i);
      int64_t row = column_partner(s, i);
      target[row] += w[position];
      arrived[position] = (int32_t)step->step;
      arrivals[position] += times;
      place[position] = (int32_t)(1000 * segments[n].neuron + s->first_post + row);
      last[position] = (int32_t)step->step;
    }
  }
}

static void on_pre(const NaSynapses* s, const NaSegment* segments, int64_t count,
                   const NaStep* step) {
  arrive(s, segments, count, 1, step);
}

#if defined(TEST_AXON) && TEST_AXON == 2
static void on_axon(const NaSynapses* s, const NaSegment* segments, int64_t count,
                    const NaStep* step) {
  arrive(s, segments, count, 1000, step);
}
#endif

static void on_post(const NaSynapses* s, const NaSegment* segments, int64_t count,
                    const NaStep* step) {
  na_real* w = s->fields[W];
  int32_t* posted = s->fields[POSTED];
  int32_t* place = s->fields[ROW_PLACE];
  for (int64_t n = 0; n < count; n++) {
    for (int64_t i = segments[n].begin; i < segments[n].end; i++) {
      int64_t position = row_position(s, i);
      posted[position] = (int32_t)step->step;
      place[position] = (int32_t)(1000 * row_partner(s, i) + s->first_post + segments[n].neuron);
      if (s->plasticity) w[position] += (na_real)0.25;
    }
  }
}

static void globals(const NaSynapses* s, const NaStep* step) {
  (void)step;
  *(na_real*)s->fields[UPDATES] += 1;
}

static void update(const NaSynapses* s, const NaStep* step) {
  const na_real* w = s->fields[W];
  na_real* means = s->fields[MEANS];
  na_real* time = s->fields[TIME];
  for (int64_t row = 0; row < s->rows; row++) {
    int64_t begin = row_begin(s, row);
    int64_t end = row_begin(s, row + 1);
    na_real sum = 0;
    for (int64_t i = begin; i < end; i++) sum += w[row_position(s, i)];
    means[row] = end > begin ? sum / (na_real)(end - begin) : (na_real)-1;
  }
  for (int64_t i = 0; i < s->count; i++) time[i] += (na_real)step->dt;
}

/* What was sent, for every synapse. */
static void expand(const NaSynapses* s, int32_t slot, na_real* values, const NaStep* step) {
  (void)step;
  const na_real* sent = s->fields[slot];
  if (TEST_STORAGE == NA_BY_ROW) {
    for (int64_t i = 0; i < s->count; i++) values[i] = sent[partner_at(s, i)];
    return;
  }
  for (int64_t column = 0; column < s->columns; column++) {
    for (int64_t i = s->start[column]; i < s->start[column + 1]; i++) values[i] = sent[column];
  }
}

static const NaField table[FIELDS] = {
    FIELD("w", NA_REAL, NA_LOCAL, NA_SELF),
    FIELD(TEST_NAME, NA_INT32, NA_LOCAL, NA_SELF),
    FIELD("arrivals", NA_INT32, NA_LOCAL, NA_SELF),
    FIELD("posted", NA_INT32, NA_LOCAL, NA_SELF),
    FIELD("place", NA_INT32, NA_LOCAL, NA_SELF),
    FIELD("rowPlace", NA_INT32, NA_LOCAL, NA_SELF),
    FIELD("time", NA_REAL, NA_LOCAL, NA_SELF),
    FIELD(".lastEvent", NA_INT32, NA_LOCAL, NA_SELF),
    FIELD("sent", NA_REAL, NA_COLUMN, NA_SELF),
    FIELD("means", NA_REAL, NA_ROW, NA_SELF),
    FIELD("updates", NA_REAL, NA_GLOBAL, NA_SELF),
    FIELD("g", NA_REAL, NA_LOCAL, TEST_OWNER),
    FIELD("total", NA_REAL, NA_LOCAL, NA_PRE),
#ifdef TEST_DELAYS
    FIELD(".delay", NA_INT32, NA_LOCAL, NA_SELF),
#endif
};

#ifdef TEST_RULES
/* Candidates by their ranks and the step; synapses by their ranks alone, and only where the weight
 * is that of a new one. */
static void creating(const NaSynapses* s, int64_t row, uint8_t* flags, const NaStep* step) {
  for (int64_t pre = 0; pre < s->columns; pre++)
    flags[pre] = (pre + s->first_post + row + step->step) % 5 == 0;
}

static void pruning(const NaSynapses* s, uint8_t* flags, const NaStep* step) {
  const int by_row = TEST_STORAGE == NA_BY_ROW;
  const na_index* partner = s->partner;
  for (int64_t line = 0; line < (by_row ? s->rows : s->columns); line++) {
    for (int64_t i = s->start[line]; i < s->start[line + 1]; i++) {
      const int64_t post = s->first_post + (by_row ? line : (int64_t)partner[i]);
      const int64_t pre = by_row ? (int64_t)partner[i] : line;
      flags[i] = (2 * pre + post + step->step) % 7 == 0;
    }
  }
}
#endif

static const NaSynapseKernel kernel = {
    .abi_version = NA_ABI_VERSION,
    .real_size = sizeof(na_real),
    .index_size = TEST_INDEX_SIZE,
    .field_count = FIELDS,
    .fields = table,
    .storage = TEST_STORAGE,
    .cross = 1,
    .globals = globals,
    .update = update,
    .on_pre = on_pre,
#if defined(TEST_AXON) && TEST_AXON == 2
    .on_axon = on_axon,
#elif defined(TEST_AXON)
    .on_axon = on_pre,
#endif
    .on_post = on_post,
    .expand = expand,
#ifdef TEST_RULES
    .creating = creating,
    .pruning = pruning,
#endif
};

NA_EXPORT const NaSynapseKernel* neurarchy_synapse(void) { return &kernel; }
