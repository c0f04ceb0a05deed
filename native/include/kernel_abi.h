/*
 * kernel_abi.h: the whole contract between generated code and the engine.
 *
 * A generated library holds the equations of one neuron type or of one synapse type as hooks over
 * ranges. It is serial C11: it allocates nothing, prints nothing, keeps no state and knows no
 * threads. The engine owns the memory, the step schedule, the threads, the spikes, the delays and
 * the random key; it calls the hooks with everything they need.
 *
 * Fields. Every attribute of a model is one array. `fields[slot]` is its address, in the order of
 * the table of fields that the library exports. A local field of a neuron has one element per
 * neuron and is padded to a multiple of NA_BLOCK elements at a 64-byte aligned address; a global
 * field has one element. The fields of a synapse type are described at NaSynapses.
 *
 * Padding. Hooks over ranges of neurons may compute elements up to the padded size: `begin` and
 * `end` are multiples of NA_BLOCK. The engine never observes what stands in the padding.
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

#define NA_ABI_MAJOR 2u /* a hook or a struct changed: old libraries are refused */
#define NA_ABI_MINOR 1u /* something was added at the end: older libraries still load */
#define NA_ABI_PATCH 0u
#define NA_ABI_VERSION (NA_ABI_MAJOR * 1000000u + NA_ABI_MINOR * 1000u + NA_ABI_PATCH)

/* Elements per block: local fields are padded to it, ranges start and end at multiples of it. */
#define NA_BLOCK 64

#ifdef NA_FLOAT32
typedef float na_real;
#else
typedef double na_real;
#endif

/*
 * Where a hook says that Newton's method did not converge. One for each thread, with variable = -1
 * before a run; the first failure of a thread stays. The element can be one of the padding, which
 * the engine takes back after the call: what stands there need not converge.
 */
typedef struct NaFailure {
  int64_t element;  /* rank of the neuron; of the post neuron for a synapse */
  int64_t partner;  /* rank of the pre neuron for a synapse, else -1 */
  int32_t variable; /* slot of the variable, -1: none */
  int32_t reserved;
} NaFailure;

/* The instant a hook is called for. Read-only but for what `failure` points at. */
typedef struct NaStep {
  int64_t step; /* number n of the step being computed, dimensionless */
  double t;     /* [ms], n * resolution */
  double dt;    /* [ms], what equations call dt: the resolution, or, in `update` of synapses, the
                   resolution times the period of learning in steps */
  double resolution;  /* [ms], length of one step */
  uint32_t seed;      /* of the network; first word of the random key (kernel_random.h) */
  uint32_t object;    /* id of the population or projection; with the number of the draw the second
                         word */
  NaFailure* failure; /* never NULL in a run */
} NaStep;

/* Element type of a field. */
enum { NA_REAL = 0, NA_INT32 = 1 };

/*
 * Number of elements of a field. NA_LOCAL: one per neuron, or one per synapse. NA_GLOBAL: one.
 * NA_ROW, NA_COLUMN (synapses only): one per post neuron, one per pre neuron.
 */
enum { NA_LOCAL = 0, NA_GLOBAL = 1, NA_ROW = 2, NA_COLUMN = 3 };

/* Whose field it is. NA_PRE and NA_POST (synapses only): of the population at that end. */
enum { NA_SELF = 0, NA_PRE = 1, NA_POST = 2 };

typedef struct NaField {
  const char*
      name;     /* as in the manifest; the engine compares it with the specification it was given */
  int32_t type; /* NA_REAL or NA_INT32 */
  int32_t scope; /* NA_LOCAL, NA_GLOBAL, NA_ROW or NA_COLUMN */
  int32_t owner; /* NA_SELF, NA_PRE or NA_POST */
  int32_t reserved;
} NaField;

/* ---- Neuron types ---------------------------------------------------------------------------- */

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
 * 0; `ready`, where there is one, gets 1 where the neuron was not refractory, else 0.
 */
typedef void (*NaUpdateHook)(void* const* fields, int64_t begin, int64_t end, const NaStep* step);

/*
 * Hook 3, reset. Reset statements, the number of the step written to `lastSpike`, and the
 * refractory period written to `remaining`, for the neurons ranks[0 .. count-1] (ascending, all of
 * one range, never padding). Called after `update` of the same range, only with count > 0. May
 * write local fields of those neurons.
 *
 * Hook 5, axon_reset, has the same form: the statements for neurons with an axonal event.
 */
typedef void (*NaResetHook)(void* const* fields, const int32_t* ranks, int64_t count,
                            const NaStep* step);

/*
 * Hook 4, axon, of the form of `update`. Called after `reset` of the same range: `axon` gets 1 for
 * the neurons that are `ready`, whose axonal condition holds and whose spike condition does not,
 * else 0.
 *
 * Hook 6, stop. Number of neurons of [begin, end) for which the stop condition of the population
 * holds. Called after a whole step; begin and end may be any ranks, the padding is never included.
 */
typedef int64_t (*NaStopHook)(void* const* fields, int64_t begin, int64_t end, const NaStep* step);

/*
 * What the library of a neuron type exports. `abi_version` stays the first member for ever: the
 * engine reads it, and refuses the library, before it looks at anything else.
 */
typedef struct NaKernel {
  uint32_t abi_version; /* NA_ABI_VERSION the unit was compiled with */
  uint32_t real_size;   /* sizeof(na_real), 8 or 4 */
  uint32_t field_count;
  uint32_t reserved;
  const NaField* fields;  /* (field_count) */
  NaGlobalsHook globals;  /* NULL: the model has no population-wide statement */
  NaUpdateHook update;    /* never NULL */
  NaResetHook reset;      /* NULL: rate-coded neuron */
  NaUpdateHook axon;      /* NULL: no axonal events */
  NaResetHook axon_reset; /* NULL: nothing happens at an axonal event */
  NaStopHook stop;        /* NULL: the population has no stop condition */
} NaKernel;

/* The one symbol of a neuron library: `const NaKernel* neurarchy_kernel(void)`. */
#define NA_KERNEL_SYMBOL "neurarchy_kernel"
typedef const NaKernel* (*NaKernelEntry)(void);

/* ---- Synapse types --------------------------------------------------------------------------- */

/*
 * One part of a projection: the synapses that end in one contiguous range of post neurons. A row
 * holds the synapses of one post neuron of the range, a column those of one pre neuron; rows and
 * columns may be empty.
 *
 * Storage. Local fields are stored row by row (NA_BY_ROW: models with a psp) or column by column
 * (NA_BY_COLUMN: all others). `start` delimits the rows (columns) of the storage order, `partner`
 * gives for every synapse in that order the other end: the rank of the pre neuron, or the row.
 * Indices are uint16_t in a unit compiled with NA_NARROW, else uint32_t (`na_index`).
 *
 * The other order. Hooks that need it (see NaSynapseKernel.cross) find it in `cross_start` and
 * `cross`: for every synapse of a column (row) its position in storage and its row (rank of its pre
 * neuron).
 *
 * Fields. Of the synapses themselves (NA_SELF): NA_LOCAL (count) in storage order, NA_ROW (rows),
 * NA_COLUMN (columns), NA_GLOBAL (1). Of the pre population (NA_PRE): NA_LOCAL by rank, NA_GLOBAL.
 * Of the post population (NA_POST): NA_LOCAL, whose address begins at row 0, so that it is indexed
 * by row; NA_GLOBAL.
 *
 * Delays. `fields` differs from hook to hook in the NA_PRE entries of scope NA_LOCAL: `transmit`
 * gets them delayed by d steps, `update` by d - 1, event hooks as they are now. In a unit whose
 * synapses have a delay each (field `delay`, int32, local, [steps], at least 1), `transmit` and
 * `update` find at such a slot not the values but a table of addresses: element d is the address of
 * the values for a synapse of delay d. Fields of the pre population whose name begins with a dot
 * (`.lastSpike`, `.sum(exc)`) are no attributes: every hook gets them as they are now, never
 * through a table.
 */
enum { NA_BY_ROW = 0, NA_BY_COLUMN = 1 };

#ifdef NA_NARROW
typedef uint16_t na_index;
#else
typedef uint32_t na_index;
#endif

typedef struct NaEntry {
  uint32_t position; /* in storage order */
  uint32_t partner;  /* rank of the pre neuron, or row */
} NaEntry;

typedef struct NaSynapses {
  void* const* fields;
  int64_t count;              /* synapses */
  int64_t rows;               /* post neurons of the range */
  int64_t columns;            /* neurons of the pre population */
  int64_t first_post;         /* rank of the neuron of row 0 */
  const int64_t* start;       /* (rows + 1) or (columns + 1) */
  const void* partner;        /* na_index (count) */
  const int64_t* cross_start; /* (columns + 1) or (rows + 1); NULL without cross */
  const NaEntry* cross;       /* (count), or NULL */
  int32_t plasticity;         /* 0: `w` keeps its value, whatever assigns it */
  int32_t reserved;
} NaSynapses;

/*
 * Synapses for which something happens: those of one column or row, [begin, end) in the storage
 * order or, for the direction that is not stored, in the order of `cross`. With a delay each, the
 * synapses of a column stand by (delay, row), and a segment is those of one delay.
 */
typedef struct NaSegment {
  int64_t begin;
  int64_t end;
  int64_t neuron; /* rank of the pre neuron, or row */
} NaSegment;

/*
 * Hooks over a part of a projection. Each thread calls them for its own parts.
 *
 * globals    Projection-wide statements. One thread, once per update of a projection, before
 *            `update` of any part. May write global fields only.
 * transmit   The psp of every synapse, reduced over its row by the operation of the model and added
 *            to the target fields of the post neuron, in storage order. Rows without synapses are
 *            left alone.
 * update     Semiglobal statements of every row, then local statements of every synapse.
 *
 * Draws of synapses are functions of (seed, object, draw, step, pre rank, post rank): the layout
 * does not change them.
 */
typedef void (*NaSynapsesHook)(const NaSynapses* synapses, const NaStep* step);

/*
 * Hooks for events.
 *
 * on_pre     Spikes of pre neurons that arrive in this step: `segments` name columns, ascending;
 * with a delay each, from the longest delay on (what was emitted first) and then by column. Many
 * are given in several calls.
 * on_axon    The same for axonal events.
 * on_post    Spikes of post neurons in this step: `segments` name rows, ascending.
 */
typedef void (*NaEventsHook)(const NaSynapses* synapses, const NaSegment* segments, int64_t count,
                             const NaStep* step);

/*
 * Hook expand. A local variable of the user that is held once per row or column (traces of one
 * side): its values for every synapse, as of the last event of that synapse, in storage order.
 */
typedef void (*NaExpandHook)(const NaSynapses* synapses, int32_t slot, na_real* values,
                             const NaStep* step);

/*
 * Rules of structural plasticity. They say what is to happen, and change nothing.
 *
 * creating   Which pre neurons are to get a synapse to the post neuron of `row`: flags[rank] gets 1
 * or 0, for all `columns` ranks, also those that have one. Reads no field of the synapses that is
 * not global.
 * pruning    Which synapses are to go: flags[position] gets 1 or 0, in storage order.
 *
 * Both read fields of the pre population as they are, whatever the delays.
 */
typedef void (*NaCandidatesHook)(const NaSynapses* synapses, int64_t row, uint8_t* flags,
                                 const NaStep* step);
typedef void (*NaPruningHook)(const NaSynapses* synapses, uint8_t* flags, const NaStep* step);

/* What the library of a synapse type exports. Hooks that the model does not need are NULL. */
typedef struct NaSynapseKernel {
  uint32_t abi_version;
  uint32_t real_size;
  uint32_t index_size; /* sizeof(na_index), 4 or 2 */
  uint32_t field_count;
  const NaField* fields;
  int32_t storage; /* NA_BY_ROW or NA_BY_COLUMN */
  int32_t cross;   /* 1: some hook needs the other order */
  NaSynapsesHook globals;
  NaSynapsesHook transmit;
  NaSynapsesHook update;
  NaEventsHook on_pre;
  NaEventsHook on_axon;
  NaEventsHook on_post;
  NaExpandHook expand;
  NaCandidatesHook creating; /* since 2.1 */
  NaPruningHook pruning;     /* since 2.1 */
} NaSynapseKernel;

/* The one symbol of a synapse library: `const NaSynapseKernel* neurarchy_synapse(void)`. */
#define NA_SYNAPSE_SYMBOL "neurarchy_synapse"
typedef const NaSynapseKernel* (*NaSynapseEntry)(void);

#if defined(__GNUC__)
#define NA_EXPORT __attribute__((visibility("default")))
#else
#define NA_EXPORT
#endif

#ifdef __cplusplus
static_assert(sizeof(NaFailure) == 24, "NaFailure is part of the contract");
static_assert(sizeof(NaStep) == 48, "NaStep is part of the contract");
static_assert(sizeof(NaField) == 24, "NaField is part of the contract");
static_assert(sizeof(NaKernel) == 72, "NaKernel is part of the contract");
static_assert(sizeof(NaSynapses) == 80, "NaSynapses is part of the contract");
static_assert(sizeof(NaSynapseKernel) == 104, "NaSynapseKernel is part of the contract");
}
#else
_Static_assert(sizeof(NaFailure) == 24, "NaFailure is part of the contract");
_Static_assert(sizeof(NaStep) == 48, "NaStep is part of the contract");
_Static_assert(sizeof(NaField) == 24, "NaField is part of the contract");
_Static_assert(sizeof(NaKernel) == 72, "NaKernel is part of the contract");
_Static_assert(sizeof(NaSynapses) == 80, "NaSynapses is part of the contract");
_Static_assert(sizeof(NaSynapseKernel) == 104, "NaSynapseKernel is part of the contract");
#endif

#endif
