#include "profile_rule.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "error.hpp"
#include "kernel_math.h"

namespace neurarchy {

namespace {

/// Coordinate along a dimension of `length` neurons, brought to [0, 1].
float normalized(int64_t coordinate, int64_t length) {
  if (length == 1) return 0.0f;
  return static_cast<float>(static_cast<double>(coordinate) / static_cast<double>(length - 1));
}

/// Distance beyond which no weight exceeds the threshold t: with A the sum of the amplitudes'
/// magnitudes and s the largest sigma, |w(d)| <= A exp(-d^2 / (2 s^2)), which is t at
/// d = s sqrt(2 ln(A / t)).
double reach(const ProfileSpec& profile) {
  double amplitude = 0.0;
  double sigma = 0.0;
  for (const ProfileSpec::Term& term : profile.terms) {
    amplitude += std::abs(term.amplitude);
    sigma = std::max(sigma, term.sigma);
  }
  if (!(profile.threshold > 0.0)) return std::numeric_limits<double>::infinity();
  if (amplitude <= profile.threshold) return 0.0;
  return sigma * std::sqrt(2.0 * std::log(amplitude / profile.threshold));
}

class Profile final : public RowRule {
 public:
  Profile(ProfileSpec profile, bool no_self)
      : profile_(std::move(profile)), no_self_(no_self), reach_(reach(profile_)) {
    for (const int64_t length : profile_.pre_geometry) {
      std::vector<float>& axis = axes_.emplace_back();
      for (int64_t i = 0; i < length; i++) axis.push_back(normalized(i, length));
      size_ *= static_cast<size_t>(length);
    }
    threshold_ = static_cast<float>(profile_.threshold);
    first_.resize(axes_.size());
    end_.resize(axes_.size());
  }

  size_t longest() const noexcept override { return size_; }

  size_t count(int32_t post_rank) override {
    size_t synapses = 0;
    walk(post_rank, [&](int32_t) { synapses += 1; });
    return synapses;
  }

  size_t make(int32_t post_rank, int32_t* row) override {
    int32_t* end = row;
    walk(post_rank, [&](int32_t pre_rank) { *end++ = pre_rank; });
    return static_cast<size_t>(end - row);
  }

  void weights(int32_t post_rank, std::span<const int32_t> row, double* values) const override {
    const std::vector<float> post = coordinates(post_rank);
    std::vector<size_t> pre(axes_.size());
    for (size_t i = 0; i < row.size(); i++) {
      auto rest = static_cast<size_t>(row[i]);
      for (size_t axis = axes_.size(); axis-- > 0;) {
        pre[axis] = rest % axes_[axis].size();
        rest /= axes_[axis].size();
      }
      float square = 0.0f;
      for (size_t axis = 0; axis < axes_.size(); axis++)
        square = farther(square, axes_[axis][pre[axis]], post[axis]);
      values[i] = double{weight(square)};
    }
  }

 private:
  /// Coordinates of a postsynaptic neuron along the dimensions that are compared.
  std::vector<float> coordinates(int32_t post_rank) const {
    std::vector<float> post(profile_.post_geometry.size());
    int64_t rest = post_rank;
    for (size_t axis = post.size(); axis-- > 0;) {
      const int64_t length = profile_.post_geometry[axis];
      post[axis] = normalized(rest % length, length);
      rest /= length;
    }
    return post;
  }

  static float farther(float square, float one, float other) noexcept {
    const float difference = one - other;
    return square + difference * difference;
  }

  float weight(float square) const noexcept {
    float sum = 0.0f;
    for (const auto& [amplitude, sigma] : profile_.terms) {
      const double exponent = -double{square} / (2.0 * sigma * sigma);
      sum += static_cast<float>(amplitude) * static_cast<float>(na_exp_f64(exponent));
    }
    return sum;
  }

  /// Visit the presynaptic neurons of a row in ascending order.
  template <class Visit>
  void walk(int32_t post_rank, Visit visit) {
    const std::vector<float> post = coordinates(post_rank);
    for (size_t axis = 0; axis < axes_.size(); axis++) {
      const auto steps = static_cast<double>(axes_[axis].size() - 1);
      // One neuron more at each side makes up for rounding.
      const double low = std::floor((double{post[axis]} - reach_) * steps) - 1.0;
      const double high = std::ceil((double{post[axis]} + reach_) * steps) + 1.0;
      first_[axis] = low > 0.0 ? static_cast<size_t>(low) : 0;
      end_[axis] = high < steps ? static_cast<size_t>(high) + 1 : axes_[axis].size();
    }
    const int32_t self = no_self_ ? post_rank : -1;
    descend(0, 0, 0.0f, post, [&](size_t rank, float square) {
      const auto pre_rank = static_cast<int32_t>(rank);
      if (pre_rank != self && std::abs(weight(square)) > threshold_) visit(pre_rank);
    });
  }

  /// Visit (rank, squared distance) of the box, from the first dimension to the last.
  template <class Visit>
  void descend(size_t axis, size_t rank, float square, const std::vector<float>& post,
               const Visit& visit) const {
    if (axis == axes_.size()) {
      visit(rank, square);
      return;
    }
    const std::vector<float>& along = axes_[axis];
    for (size_t i = first_[axis]; i < end_[axis]; i++)
      descend(axis + 1, rank * along.size() + i, farther(square, along[i], post[axis]), post,
              visit);
  }

  ProfileSpec profile_;
  bool no_self_;
  double reach_;
  float threshold_;
  size_t size_ = 1;
  std::vector<std::vector<float>> axes_;  // coordinates along each dimension of pre
  std::vector<size_t> first_, end_;       // the box
};

int64_t neurons(const std::vector<int64_t>& geometry) {
  int64_t size = 1;
  for (const int64_t length : geometry) size *= std::max<int64_t>(length, 0);
  return size;
}

}  // namespace

std::unique_ptr<RowRule> make_profile_rule(const ConnectorSpec& connector,
                                           const ProjectionEnds& ends, bool no_self,
                                           const std::string& name) {
  const auto fail = [&](const std::string& what) { throw Error("BAD_SPEC", what, name); };
  if (!connector.profile) fail("a profile is missing");
  const ProfileSpec& profile = *connector.profile;
  if (connector.pre_ranks || connector.post_ranks) fail("a profile connects whole populations");
  if (neurons(profile.pre_geometry) != ends.pre_size ||
      neurons(profile.post_geometry) != ends.post_size) {
    fail("a geometry does not fit its population");
  }
  if (profile.pre_geometry.size() > profile.post_geometry.size())
    fail("the presynaptic neurons have more dimensions than the postsynaptic ones");
  for (const ProfileSpec::Term& term : profile.terms) {
    if (!(std::isfinite(term.amplitude) && term.sigma > 0.0)) fail("a profile out of range");
  }
  return std::make_unique<Profile>(profile, no_self);
}

double profile_row(const ProfileSpec& profile) {
  const double distance = reach(profile);
  double box = 1.0;
  for (const int64_t length : profile.pre_geometry) {
    const auto neurons = static_cast<double>(length);
    box *= std::min(neurons, 2.0 * distance * (neurons - 1.0) + 1.0);
  }
  return box;
}

}  // namespace neurarchy
