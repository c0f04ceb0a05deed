/* Generated from the equations of a neuron model; see kernel_abi.h. */
#include "kernel_functions.h"
#include "kernel_random.h"
_Static_assert(NA_ABI_VERSION == 1000000u, "generated for another version");

static void k_64b394ad_update(void* const* fields, int64_t begin, int64_t end,
    const NaStep* step) {
  const na_real dt = (na_real)step->dt;
  const na_real u_noise = ((const na_real*)fields[0])[0];
  for (int64_t block = begin; block < end; block += NA_BLOCK) {
    na_real d0[NA_BLOCK];
    na_draw_normal(d0, 0.0, 1.0, step, 0, block / NA_BLOCK);
    const na_real* restrict f1 = (const na_real*)fields[1] + block;
    const na_real* restrict f2 = (const na_real*)fields[2] + block;
    na_real* restrict f5 = (na_real*)fields[5] + block;
    na_real* restrict f6 = (na_real*)fields[6] + block;
    na_real* restrict f7 = (na_real*)fields[7] + block;
    na_real* restrict f8 = (na_real*)fields[8] + block;
    na_real* restrict f9 = (na_real*)fields[9] + block;
    int32_t* restrict f10 = (int32_t*)fields[10] + block;
    #pragma omp simd
    for (int i = 0; i < NA_BLOCK; i++) {
      const na_real u_a = f1[i];
      const na_real u_b = f2[i];
      const na_real u_v = f6[i];
      const na_real u_u = f7[i];
      const na_real u_g_exc = f8[i];
      const na_real u_g_inh = f9[i];
      // I = g_exc - g_inh + noise * Normal(0, 1)
      const na_real t0 = u_g_exc - u_g_inh + u_noise * d0[i];
      // dv/dt = 0.04 * v^2 + 5 * v + 140 - u + I
      const na_real t1 = u_v + dt * (0.04 * (u_v * u_v) + 5.0 * u_v + 140.0 - u_u + t0);
      // du/dt = a * (b * v - u)
      const na_real t2 = u_u + dt * (u_a * (u_b * u_v - u_u));
      const na_real t3 = t1;
      const na_real t4 = t2;
      // g_exc has no equation
      const na_real t5 = 0.0;
      // g_inh has no equation
      const na_real t6 = 0.0;
      // spike
      const int32_t t7 = (int32_t)(t3 >= 30.0);
      f5[i] = t0;
      f6[i] = t3;
      f7[i] = t4;
      f8[i] = t5;
      f9[i] = t6;
      f10[i] = t7;
    }
  }
}

static void k_64b394ad_reset(void* const* fields, const int32_t* ranks,
    int64_t count, const NaStep* step) {
  (void)step;
  const na_real* restrict f3 = (const na_real*)fields[3];
  const na_real* restrict f4 = (const na_real*)fields[4];
  na_real* restrict f6 = (na_real*)fields[6];
  na_real* restrict f7 = (na_real*)fields[7];
  for (int64_t k = 0; k < count; k++) {
    const int32_t i = ranks[k];
    const na_real u_c = f3[i];
    const na_real u_d = f4[i];
    const na_real u_u = f7[i];
    // v = c
    const na_real t0 = u_c;
    // u += d
    const na_real t1 = u_u + u_d;
    f6[i] = t0;
    f7[i] = t1;
  }
}

static const NaField k_64b394ad_fields[] = {
  {"noise", NA_REAL, NA_GLOBAL},
  {"a", NA_REAL, NA_LOCAL},
  {"b", NA_REAL, NA_LOCAL},
  {"c", NA_REAL, NA_LOCAL},
  {"d", NA_REAL, NA_LOCAL},
  {"I", NA_REAL, NA_LOCAL},
  {"v", NA_REAL, NA_LOCAL},
  {"u", NA_REAL, NA_LOCAL},
  {"g_exc", NA_REAL, NA_LOCAL},
  {"g_inh", NA_REAL, NA_LOCAL},
  {".spiked", NA_INT32, NA_LOCAL},
};

static const NaKernel k_64b394ad_kernel = {
  .abi_version = NA_ABI_VERSION,
  .real_size = sizeof(na_real),
  .field_count = 11,
  .fields = k_64b394ad_fields,
  .globals = 0,
  .update = k_64b394ad_update,
  .reset = k_64b394ad_reset,
};

const NaKernel* neurarchy_kernel(void);
NA_EXPORT const NaKernel* neurarchy_kernel(void) { return &k_64b394ad_kernel; }
