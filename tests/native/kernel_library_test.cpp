#include "kernel_library.hpp"

#include "support.hpp"

namespace neurarchy::testing {
namespace {

using Refusal = std::pair<std::string, std::string>;

Refusal load(const PopulationSpec& population, Precision precision = Precision::kDouble) {
  return refusal([&] { const KernelLibrary library(population, precision); });
}

TEST(KernelLibrary, LoadsALibraryThatFits) {
  const KernelLibrary library(beat_population(10), Precision::kDouble);
  EXPECT_EQ(library.kernel().abi_version, NA_ABI_VERSION);
  EXPECT_NE(library.kernel().update, nullptr);
}

TEST(KernelLibrary, RefusesAnotherMajorVersion) {
  EXPECT_EQ(load(beat_population(10, "pop", "beat_next_major")), Refusal("ABI_MISMATCH", "pop"));
}

TEST(KernelLibrary, RefusesANewerMinorVersion) {
  EXPECT_EQ(load(beat_population(10, "pop", "beat_next_minor")), Refusal("ABI_MISMATCH", "pop"));
}

TEST(KernelLibrary, AcceptsAnotherPatch) {
  EXPECT_EQ(load(beat_population(10, "pop", "beat_next_patch")).first, "none");
}

TEST(KernelLibrary, RefusesAnotherPrecision) {
  EXPECT_EQ(load(beat_population(10), Precision::kFloat).first, "PRECISION_MISMATCH");
  EXPECT_EQ(load(beat_population(10, "pop", "beat_float")).first, "PRECISION_MISMATCH");
  EXPECT_EQ(load(beat_population(10, "pop", "beat_float"), Precision::kFloat).first, "none");
}

TEST(KernelLibrary, RefusesFieldsThatDifferFromTheSpecification) {
  EXPECT_EQ(load(beat_population(10, "pop", "beat_other_name")).first, "FIELD_MISMATCH");
  EXPECT_EQ(load(beat_population(10, "pop", "beat_other_type")).first, "FIELD_MISMATCH");
  PopulationSpec fewer = beat_population(10);
  fewer.fields.resize(beat::kAxonResets);
  EXPECT_EQ(load(fewer).first, "FIELD_MISMATCH");
  PopulationSpec scope = beat_population(10);
  scope.fields[beat::kG].scope = FieldScope::kGlobal;
  EXPECT_EQ(load(scope).first, "FIELD_MISMATCH");
}

TEST(KernelLibrary, SaysWhenThereIsNoLibrary) {
  EXPECT_EQ(load(beat_population(10, "pop", "absent")), Refusal("LIBRARY_NOT_LOADED", "pop"));
  PopulationSpec other = beat_population(10, "pop");
  other.library = "libm.so.6";
  EXPECT_EQ(load(other), Refusal("LIBRARY_NOT_LOADED", "pop"));
}

}  // namespace
}  // namespace neurarchy::testing
