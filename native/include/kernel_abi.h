/*
 * kernel_abi.h: the whole contract between generated code and the engine.
 *
 * A generated library holds the equations of one neuron type as hooks over ranges. It is serial
 * C11: it allocates nothing, prints nothing, keeps no state and knows no threads. The engine owns
 * the memory, the step schedule, the threads, the spikes and the random key; it calls the hooks
 * with everything they need.
 *
 * Fields. Every attribute of a model is one array. `fields[slot]` is its address, in the order of
 * NaKernel::fields. A local field has one element per neuron and is padded to a multiple of
 * NA_BLOCK elements at a 64-byte aligned address; a global field has one element.
 *
 * Padding. Hooks over ranges may compute elements up to the padded size: `begin` and `end` are
 * multiples of NA_BLOCK. The engine never observes what stands in the padding.
 *
 * Numbers. `na_real` is double, or float when the unit is compiled with NA_FLOAT32. Integers and
 * booleans are int32_t, so that every lane of a loop has a width the compiler can vectorise.
 *
 * Floating point. Hooks run with flush-to-zero set by the engine, and are compiled without fused
 * multiply-add, so that the same source gives the same bits with any compiler.
 */
#ifndef NEURARCHY_KERNEL_ABI_H
#define NEURARCHY_KERNEL_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NA_ABI_MAJOR 1u /* a hook or a struct changed: old libraries are refused */
#define NA_ABI_MINOR 0u /* something was added at the end: older libraries still load */
#define NA_ABI_PATCH 0u
#define NA_ABI_VERSION (NA_ABI_MAJOR * 1000000u + NA_ABI_MINOR * 1000u + NA_ABI_PATCH)

/* Elements per block: local fields are padded to it, ranges start and end at multiples of it. */
#define NA_BLOCK 64

#ifdef NA_FLOAT32
typedef float na_real;
#else
typedef double na_real;
#endif

/* The instant a hook is called for. The same object for all threads of a step; read-only. */
typedef struct NaStep {
  int64_t step;    /* number n of the step being computed, dimensionless */
  double t;        /* [ms], n * dt */
  double dt;       /* [ms] */
  uint32_t seed;   /* of the network; first word of the random key (kernel_random.h) */
  uint32_t object; /* id of the population; with the number of the draw the second word */
} NaStep;

/* Element type of a field. */
enum { NA_REAL = 0, NA_INT32 = 1 };

/* Number of elements of a field. */
enum { NA_LOCAL = 0, NA_GLOBAL = 1 };

typedef struct NaField {
  const char*
      name;     /* as in the manifest; the engine compares it with the specification it was given */
  int32_t type; /* NA_REAL or NA_INT32 */
  int32_t scope; /* NA_LOCAL or NA_GLOBAL */
} NaField;

/*
 * Hook 1, globals. Population-wide statements (model-language: population flag).
 * Called once per step by one thread, before `update` of any range. May write global fields only.
 */
typedef void (*NaGlobalsHook)(void* const* fields, const NaStep* step);

/*
 * Hook 2, update. Local statements of the neurons [begin, end), in declaration order, and the test
 * of the spike condition on the values just written. Called once per step and range, after spikes
 * were delivered to the input fields. Draws are functions of (seed, object, draw, step, element),
 * so ranges may come in any order. Refractory neurons (field `remaining` > 0 on entry) keep every
 * variable but the conductances; their `remaining` is counted down by one. May write local fields
 * of its range; `spiked` gets 1 where the condition holds and the neuron was not refractory, else
 * 0.
 */
typedef void (*NaUpdateHook)(void* const* fields, int64_t begin, int64_t end, const NaStep* step);

/*
 * Hook 3, reset. Reset statements, and the refractory period written to `remaining`, for the
 * neurons ranks[0 .. count-1] (ascending, all of one range, never padding). Called after `update`
 * of the same range, only with count > 0. May write local fields of those neurons.
 */
typedef void (*NaResetHook)(void* const* fields, const int32_t* ranks, int64_t count,
                            const NaStep* step);

/*
 * What a library exports. `abi_version` stays the first member for ever: the engine reads it, and
 * refuses the library, before it looks at anything else.
 */
typedef struct NaKernel {
  uint32_t abi_version; /* NA_ABI_VERSION the unit was compiled with */
  uint32_t real_size;   /* sizeof(na_real), 8 or 4 */
  uint32_t field_count;
  const NaField* fields; /* (field_count) */
  NaGlobalsHook globals; /* NULL: the model has no population-wide statement */
  NaUpdateHook update;   /* never NULL */
  NaResetHook reset;     /* NULL: rate-coded neuron */
} NaKernel;

/* The one symbol of a library: `const NaKernel* neurarchy_kernel(void)`. */
#define NA_KERNEL_SYMBOL "neurarchy_kernel"
typedef const NaKernel* (*NaKernelEntry)(void);

#if defined(__GNUC__)
#define NA_EXPORT __attribute__((visibility("default")))
#else
#define NA_EXPORT
#endif

#ifdef __cplusplus
static_assert(sizeof(NaStep) == 32, "NaStep is part of the contract");
static_assert(sizeof(NaField) == 16, "NaField is part of the contract");
static_assert(sizeof(NaKernel) == 48, "NaKernel is part of the contract");
}
#else
_Static_assert(sizeof(NaStep) == 32, "NaStep is part of the contract");
_Static_assert(sizeof(NaField) == 16, "NaField is part of the contract");
_Static_assert(sizeof(NaKernel) == 48, "NaKernel is part of the contract");
#endif

#endif
