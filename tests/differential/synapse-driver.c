/*
 * Runs a generated synapse type without the engine: reads the synapses, the fields and a list of
 * calls from standard input, and writes all fields after each call. Everything is a double on the
 * way.
 *
 *   driver library.so seed
 *
 * Input: rows, columns, first_post, synapses, plasticity, delays; then for each synapse in the
 * order of storage its row and column; then the fields, and for each local field of the pre
 * population its values for the delays 1 to `delays`, where there are any; then the calls: kind (0
 * globals, 1 transmit, 2 update, 3 on_pre, 4 on_axon, 5 on_post, 6 expand), step, resolution, dt,
 * argument count and arguments: of events the neurons, of expand the slot. After expand its values
 * alone are written.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel_abi.h"

static void fail(const char* message) {
  fprintf(stderr, "%s\n", message);
  exit(1);
}

static int at_end = 0;

static double number(void) {
  double value = 0.0;
  if (fread(&value, sizeof value, 1, stdin) != 1) at_end = 1;
  return value;
}

static int64_t integer(void) { return (int64_t)number(); }

static void write_number(double value) { fwrite(&value, sizeof value, 1, stdout); }

static const NaSynapseKernel* kernel;

static double get(const NaField* field, const void* data, int64_t i) {
  if (field->type == NA_INT32) return ((const int32_t*)data)[i];
  return kernel->real_size == 8 ? ((const double*)data)[i] : (double)((const float*)data)[i];
}

static void put(const NaField* field, void* data, int64_t i, double value) {
  if (field->type == NA_INT32) {
    ((int32_t*)data)[i] = (int32_t)value;
  } else if (kernel->real_size == 8) {
    ((double*)data)[i] = value;
  } else {
    ((float*)data)[i] = (float)value;
  }
}

static int64_t size_of_field(const NaField* field, const NaSynapses* synapses) {
  if (field->scope == NA_GLOBAL) return 1;
  if (field->scope == NA_ROW || field->owner == NA_POST) return synapses->rows;
  if (field->scope == NA_COLUMN || field->owner == NA_PRE) return synapses->columns;
  return synapses->count;
}

static void* read_values(const NaField* field, int64_t count) {
  void* values = calloc((size_t)count + 1, 8);
  for (int64_t i = 0; i < count; i++) put(field, values, i, number());
  return values;
}

/* Where the synapses of each of `ends` begin, by the end that is looked at. */
static int64_t* starts(const int64_t* ends, int64_t count, int64_t groups) {
  int64_t* start = calloc((size_t)groups + 1, sizeof *start);
  for (int64_t i = 0; i < count; i++) start[ends[i] + 1]++;
  for (int64_t g = 0; g < groups; g++) start[g + 1] += start[g];
  return start;
}

int main(int argc, char** argv) {
  if (argc != 3) fail("usage: driver library.so seed");
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) fail(dlerror());
  NaSynapseEntry entry;
  *(void**)&entry = dlsym(library, NA_SYNAPSE_SYMBOL);
  if (entry == NULL) fail("no synapse type in the library");
  kernel = entry();
  NaSynapses part = {0};
  part.rows = integer();
  part.columns = integer();
  part.first_post = integer();
  part.count = integer();
  part.plasticity = (int32_t)integer();
  int64_t delays = integer();
  int64_t* row = calloc((size_t)part.count + 1, sizeof *row);
  int64_t* column = calloc((size_t)part.count + 1, sizeof *column);
  for (int64_t s = 0; s < part.count; s++) {
    row[s] = integer();
    column[s] = integer();
  }
  int by_row = kernel->storage == NA_BY_ROW;
  int64_t* row_start = starts(row, part.count, part.rows);
  int64_t* column_start = starts(column, part.count, part.columns);
  part.start = by_row ? row_start : column_start;
  void* partner = calloc((size_t)part.count + 1, kernel->index_size);
  NaEntry* cross = calloc((size_t)part.count + 1, sizeof *cross);
  int64_t* next = calloc((size_t)(part.rows + part.columns) + 1, sizeof *next);
  for (int64_t s = 0; s < part.count; s++) {
    int64_t other = by_row ? column[s] : row[s];
    int64_t own = by_row ? row[s] : column[s];
    if (kernel->index_size == 2) {
      ((uint16_t*)partner)[s] = (uint16_t)other;
    } else {
      ((uint32_t*)partner)[s] = (uint32_t)other;
    }
    int64_t place = (by_row ? column_start : row_start)[other] + next[other]++;
    cross[place].position = (uint32_t)s;
    cross[place].partner = (uint32_t)own;
  }
  part.partner = partner;
  if (kernel->cross) {
    part.cross_start = by_row ? column_start : row_start;
    part.cross = cross;
  }
  void** fields = calloc(kernel->field_count + 1, sizeof *fields);
  void** past = calloc(kernel->field_count + 1, sizeof *past);
  for (uint32_t f = 0; f < kernel->field_count; f++) {
    const NaField* field = &kernel->fields[f];
    fields[f] = read_values(field, size_of_field(field, &part));
    past[f] = fields[f];
    if (delays == 0 || field->owner != NA_PRE || field->scope != NA_LOCAL) continue;
    if (field->name[0] == '.') continue;
    void** table = calloc((size_t)delays + 1, sizeof *table);
    for (int64_t d = 1; d <= delays; d++) table[d] = read_values(field, part.columns);
    past[f] = table;
  }
  NaFailure failure = {0, 0, -1, 0};
  for (;;) {
    int64_t kind = integer();
    if (at_end) break;
    NaStep step = {integer(), 0.0, 0.0, 0.0, (uint32_t)atoll(argv[2]), 1, &failure};
    step.resolution = number();
    step.dt = number();
    step.t = (double)step.step * step.resolution;
    int64_t count = integer();
    int64_t* arguments = calloc((size_t)count + 1, sizeof *arguments);
    for (int64_t i = 0; i < count; i++) arguments[i] = integer();
    part.fields = kind == 1 || kind == 2 ? past : fields;
    if (kind == 0 && kernel->globals != NULL) kernel->globals(&part, &step);
    if (kind == 1 && kernel->transmit != NULL) kernel->transmit(&part, &step);
    if (kind == 2 && kernel->update != NULL) kernel->update(&part, &step);
    if (kind >= 3 && kind <= 5) {
      NaEventsHook hook = kind == 3   ? kernel->on_pre
                          : kind == 4 ? kernel->on_axon
                                      : kernel->on_post;
      const int64_t* start = kind == 5 ? row_start : column_start;
      NaSegment* segments = calloc((size_t)count + 1, sizeof *segments);
      for (int64_t i = 0; i < count; i++) {
        NaSegment segment = {start[arguments[i]], start[arguments[i] + 1], arguments[i]};
        segments[i] = segment;
      }
      if (hook != NULL) hook(&part, segments, count, &step);
      free(segments);
    }
    if (kind == 6) {
      void* values = calloc((size_t)part.count + 1, 8);
      NaField field = {"", NA_REAL, NA_LOCAL, NA_SELF, 0};
      /* The address is that of na_real numbers, whichever of the two they are in the library. */
      kernel->expand(&part, (int32_t)arguments[0], values, &step);
      for (int64_t s = 0; s < part.count; s++) write_number(get(&field, values, s));
      continue;
    }
    for (uint32_t f = 0; f < kernel->field_count; f++) {
      int64_t size = size_of_field(&kernel->fields[f], &part);
      for (int64_t i = 0; i < size; i++) write_number(get(&kernel->fields[f], fields[f], i));
    }
    write_number(failure.variable);
    free(arguments);
  }
  return 0;
}
