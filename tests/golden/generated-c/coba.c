/* Generated from the equations of a neuron model; see kernel_abi.h. */
#include "kernel_functions.h"
_Static_assert(NA_ABI_VERSION == 1000000u, "generated for another version");

static void k_e1c74182_update(void* const* fields, int64_t begin, int64_t end,
    const NaStep* step) {
  const na_real dt = (na_real)step->dt;
  const na_real u_El = ((const na_real*)fields[0])[0];
  const na_real u_Vt = ((const na_real*)fields[2])[0];
  const na_real u_Ee = ((const na_real*)fields[3])[0];
  const na_real u_Ei = ((const na_real*)fields[4])[0];
  const na_real u_tau = ((const na_real*)fields[5])[0];
  const na_real u_tau_exc = ((const na_real*)fields[6])[0];
  const na_real u_tau_inh = ((const na_real*)fields[7])[0];
  const na_real u_I = ((const na_real*)fields[8])[0];
  for (int64_t block = begin; block < end; block += NA_BLOCK) {
    na_real* restrict f9 = (na_real*)fields[9] + block;
    na_real* restrict f10 = (na_real*)fields[10] + block;
    na_real* restrict f11 = (na_real*)fields[11] + block;
    int32_t* restrict f12 = (int32_t*)fields[12] + block;
    int32_t* restrict f13 = (int32_t*)fields[13] + block;
    #pragma omp simd
    for (int i = 0; i < NA_BLOCK; i++) {
      const na_real u_v = f9[i];
      const na_real u_g_exc = f10[i];
      const na_real u_g_inh = f11[i];
      const int32_t remaining = f13[i];
      const int t0 = remaining <= 0;
      // tau * dv/dt = El - v + g_exc * (Ee - v) + g_inh * (Ei - v) + I
      const na_real t1 = u_v + dt / u_tau * (u_El - u_v + u_g_exc * (u_Ee - u_v) + u_g_inh * (u_Ei - u_v) + u_I);
      // tau_exc * dg_exc/dt = -g_exc
      const na_real t2 = u_g_exc + dt / u_tau_exc * -u_g_exc;
      // tau_inh * dg_inh/dt = -g_inh
      const na_real t3 = u_g_inh + dt / u_tau_inh * -u_g_inh;
      const na_real t4 = (t0 ? t1 : u_v);
      const na_real t5 = t2;
      const na_real t6 = t3;
      // spike
      const int32_t t7 = (int32_t)((t4 > u_Vt) & t0);
      const int32_t t8 = (t0 ? remaining : remaining - 1);
      f9[i] = t4;
      f10[i] = t5;
      f11[i] = t6;
      f12[i] = t7;
      f13[i] = t8;
    }
  }
}

static void k_e1c74182_reset(void* const* fields, const int32_t* ranks,
    int64_t count, const NaStep* step) {
  (void)step;
  const na_real u_Vr = ((const na_real*)fields[1])[0];
  na_real* restrict f9 = (na_real*)fields[9];
  int32_t* restrict f13 = (int32_t*)fields[13];
  const int32_t* restrict f14 = (const int32_t*)fields[14];
  for (int64_t k = 0; k < count; k++) {
    const int32_t i = ranks[k];
    const int32_t refractory = f14[i];
    // v = Vr
    const na_real t0 = u_Vr;
    // refractory
    const int32_t t1 = refractory;
    f9[i] = t0;
    f13[i] = t1;
  }
}

static const NaField k_e1c74182_fields[] = {
  {"El", NA_REAL, NA_GLOBAL},
  {"Vr", NA_REAL, NA_GLOBAL},
  {"Vt", NA_REAL, NA_GLOBAL},
  {"Ee", NA_REAL, NA_GLOBAL},
  {"Ei", NA_REAL, NA_GLOBAL},
  {"tau", NA_REAL, NA_GLOBAL},
  {"tau_exc", NA_REAL, NA_GLOBAL},
  {"tau_inh", NA_REAL, NA_GLOBAL},
  {"I", NA_REAL, NA_GLOBAL},
  {"v", NA_REAL, NA_LOCAL},
  {"g_exc", NA_REAL, NA_LOCAL},
  {"g_inh", NA_REAL, NA_LOCAL},
  {".spiked", NA_INT32, NA_LOCAL},
  {".remaining", NA_INT32, NA_LOCAL},
  {".refractory", NA_INT32, NA_LOCAL},
};

static const NaKernel k_e1c74182_kernel = {
  .abi_version = NA_ABI_VERSION,
  .real_size = sizeof(na_real),
  .field_count = 15,
  .fields = k_e1c74182_fields,
  .globals = 0,
  .update = k_e1c74182_update,
  .reset = k_e1c74182_reset,
};

const NaKernel* neurarchy_kernel(void);
NA_EXPORT const NaKernel* neurarchy_kernel(void) { return &k_e1c74182_kernel; }
