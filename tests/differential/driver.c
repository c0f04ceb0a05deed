/*
 * Runs a generated library without the engine: reads the fields from standard input, and writes all
 * of them after each step. Everything is a double on the way, so that one reader serves both
 * precisions.
 *
 *   driver library.so size steps dt first-step seed
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

static int64_t padded(int64_t size) { return (size + NA_BLOCK - 1) / NA_BLOCK * NA_BLOCK; }

static double get(const NaField* field, uint32_t real_size, const void* data, int64_t i) {
  if (field->type == NA_INT32) return ((const int32_t*)data)[i];
  return real_size == 8 ? ((const double*)data)[i] : (double)((const float*)data)[i];
}

static void put(const NaField* field, uint32_t real_size, void* data, int64_t i, double value) {
  if (field->type == NA_INT32) {
    ((int32_t*)data)[i] = (int32_t)value;
  } else if (real_size == 8) {
    ((double*)data)[i] = value;
  } else {
    ((float*)data)[i] = (float)value;
  }
}

/* Call a hook for the neurons whose flag, the field of this name, is set. */
static void run_marked(NaResetHook hook, const char* flag, const NaKernel* kernel,
                       void* const* fields, int64_t size, const NaStep* step, int32_t* ranks) {
  if (hook == NULL) return;
  for (uint32_t f = 0; f < kernel->field_count; f++) {
    if (strcmp(kernel->fields[f].name, flag) != 0) continue;
    int64_t count = 0;
    for (int64_t i = 0; i < size; i++) {
      if (((const int32_t*)fields[f])[i]) ranks[count++] = (int32_t)i;
    }
    if (count > 0) hook(fields, ranks, count, step);
  }
}

int main(int argc, char** argv) {
  if (argc != 7) fail("usage: driver library.so size steps dt first-step seed");
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) fail(dlerror());
  NaKernelEntry entry;
  *(void**)&entry = dlsym(library, NA_KERNEL_SYMBOL);
  if (entry == NULL) fail("no kernel in the library");
  const NaKernel* kernel = entry();
  int64_t size = atoll(argv[2]);
  int64_t steps = atoll(argv[3]);
  NaFailure failure = {0, 0, -1, 0};
  double dt = atof(argv[4]);
  NaStep step = {atoll(argv[5]), 0.0, dt, dt, (uint32_t)atoll(argv[6]), 0, &failure};
  void** fields = calloc(kernel->field_count, sizeof *fields);
  int32_t* ranks = calloc((size_t)size + 1, sizeof *ranks);
  for (uint32_t f = 0; f < kernel->field_count; f++) {
    int64_t count = kernel->fields[f].scope == NA_GLOBAL ? 1 : size;
    fields[f] = aligned_alloc(64, (size_t)padded(count) * 8);
    for (int64_t i = 0; i < padded(count); i++) {
      double value = 0.0;
      if (i < count && fread(&value, sizeof value, 1, stdin) != 1) fail("too few values");
      put(&kernel->fields[f], kernel->real_size, fields[f], i, value);
    }
  }
  for (int64_t n = 0; n < steps; n++, step.step++) {
    step.t = (double)step.step * step.dt;
    if (kernel->globals != NULL) kernel->globals(fields, &step);
    kernel->update(fields, 0, padded(size), &step);
    run_marked(kernel->reset, ".spiked", kernel, fields, size, &step, ranks);
    if (kernel->axon != NULL) kernel->axon(fields, 0, padded(size), &step);
    run_marked(kernel->axon_reset, ".axon", kernel, fields, size, &step, ranks);
    for (uint32_t f = 0; f < kernel->field_count; f++) {
      int64_t count = kernel->fields[f].scope == NA_GLOBAL ? 1 : size;
      for (int64_t i = 0; i < count; i++) {
        double value = get(&kernel->fields[f], kernel->real_size, fields[f], i);
        fwrite(&value, sizeof value, 1, stdout);
      }
    }
  }
  return 0;
}
