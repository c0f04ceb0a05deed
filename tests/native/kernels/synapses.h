/* What hand-written synapse types share: reading the arrays of a part in either order. */
#ifndef TEST_SYNAPSES_H
#define TEST_SYNAPSES_H

#include "kernel_abi.h"

#ifndef TEST_STORAGE
#define TEST_STORAGE NA_BY_COLUMN
#endif

static inline int64_t partner_at(const NaSynapses* s, int64_t i) {
  return ((const na_index*)s->partner)[i];
}

/* Synapse i of a segment of columns. */
static inline int64_t column_position(const NaSynapses* s, int64_t i) {
  return TEST_STORAGE == NA_BY_COLUMN ? i : (int64_t)s->cross[i].position;
}
static inline int64_t column_partner(const NaSynapses* s, int64_t i) {
  return TEST_STORAGE == NA_BY_COLUMN ? partner_at(s, i) : (int64_t)s->cross[i].partner;
}

/* Synapse i of a segment of rows. */
static inline int64_t row_position(const NaSynapses* s, int64_t i) {
  return TEST_STORAGE == NA_BY_ROW ? i : (int64_t)s->cross[i].position;
}
static inline int64_t row_partner(const NaSynapses* s, int64_t i) {
  return TEST_STORAGE == NA_BY_ROW ? partner_at(s, i) : (int64_t)s->cross[i].partner;
}
/* Where row r begins among the segments of rows. */
static inline int64_t row_begin(const NaSynapses* s, int64_t r) {
  return TEST_STORAGE == NA_BY_ROW ? s->start[r] : s->cross_start[r];
}

#define FIELD(name, type, scope, owner) {name, type, scope, owner, 0}

#endif
