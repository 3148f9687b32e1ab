#include "run.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "judge.h"

namespace belay::generate {

namespace {

using Plan = std::vector<Combination>;

/// One thread's view of the question "is this combination decided wrongly?".
class Examiner {
 public:
  Examiner(const Material& material, std::string_view image, bool silent) : material_(material), judge_(image), silent_(silent) {}

  /// False too when the combination cannot be spelt; `ran` counts those that can.
  bool fails(const Combination& combination) {
    if (silent_ && moved(combination)) return false;
    const auto command = spell(combination);
    if (!command) return false;
    ++ran;
    const Verdict found = judge_(command->text);
    return silent_ ? found >= Verdict::ask : found < least(combination);
  }

  /// Still failing, with as few changes as possible and the first seed that does it.
  Combination shortened(Combination combination) {
    for (std::size_t i = combination.changes.size(); i-- > 0;) {
      Combination less = combination;
      less.changes.erase(less.changes.begin() + static_cast<std::ptrdiff_t>(i));
      if (!is_text(*combination.changes[i]) && fails(less)) combination = std::move(less);
    }
    for (const Seed& seed : seeds_like(*combination.seed)) {
      if (&seed == combination.seed) break;
      Combination other{&seed, combination.changes};
      if (fails(other)) return other;
    }
    return combination;
  }

  void report(const Combination& combination, Findings& into) {
    const std::string text = one_line(spell(combination)->text);
    const std::string wanted(silent_ ? "pass" : model::name_of(least(combination)));
    into.shortened.insert(wanted + " " + text);
    std::string line = wanted + "→" + std::string(model::name_of(judge_(spell(combination)->text))) + " " + text;
    if (silent_) line += "   [" + judge_.rules(spell(combination)->text) + "]";
    into.lines.insert(std::move(line));
  }

  std::size_t ran = 0;

 private:
  /// What makes a text of the command cannot be left out.
  [[nodiscard]] bool is_text(const Change& change) const {
    const auto& texts = material_.consumers;
    return std::any_of(texts.begin(), texts.end(), [&](const Change& one) { return &one == &change; });
  }
  /// A harmless command on another machine may be another deed there.
  static bool moved(const Combination& combination) {
    return combination.seed->local && std::any_of(combination.changes.begin(), combination.changes.end(),
                                                  [](const Change* change) { return change->elsewhere != Verdict::deny; });
  }
  [[nodiscard]] const std::vector<Seed>& seeds_like(const Seed& seed) const {
    const bool of_seeds = &seed >= material_.seeds.data() && &seed < material_.seeds.data() + material_.seeds.size();
    return of_seeds ? material_.seeds : material_.everyday;
  }

  const Material& material_;
  Judge judge_;
  bool silent_;
};

Findings run(const Material& material, std::string_view image, const Plan& plan, bool silent, unsigned threads) {
  Findings out;
  std::mutex mutex;
  std::atomic<std::size_t> next = 0;
  constexpr std::size_t kStride = 64;
  const auto work = [&] {
    Examiner examiner(material, image, silent);
    for (std::size_t begin = next.fetch_add(kStride); begin < plan.size(); begin = next.fetch_add(kStride)) {
      for (std::size_t i = begin; i < std::min(begin + kStride, plan.size()); ++i) {
        if (!examiner.fails(plan[i])) continue;
        const Combination least_one = examiner.shortened(plan[i]);
        const std::lock_guard lock(mutex);
        ++out.failed;
        examiner.report(least_one, out);
      }
    }
    const std::lock_guard lock(mutex);
    out.ran += examiner.ran;
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  others.clear();
  return out;
}

/// The first seed of each kind: what every pair of changes is tried on.
std::vector<const Seed*> representatives(const std::vector<Seed>& seeds) {
  std::vector<const Seed*> out;
  for (const Seed& seed : seeds) {
    const bool there = std::any_of(out.begin(), out.end(), [&](const Seed* other) {
      return other->local == seed.local && other->command.simple == seed.command.simple;
    });
    if (!there) out.push_back(&seed);
  }
  return out;
}

/// For a change alone, or for one among others.
std::vector<const Change*> usable(const std::vector<Change>& changes, bool silent, bool alone) {
  std::vector<const Change*> out;
  for (const Change& change : changes) {
    if ((!silent || !change.loud) && (alone || !change.slow)) out.push_back(&change);
  }
  return out;
}

void add_pairs(const std::vector<Seed>& seeds, const std::vector<Change>& changes, bool silent, Plan& plan) {
  for (const Seed& seed : seeds) {
    plan.push_back({&seed, {}});
    for (const Change* change : usable(changes, silent, true)) plan.push_back({&seed, {change}});
  }
  const auto quick = usable(changes, silent, false);
  for (const Seed* seed : representatives(seeds)) {
    for (const Change* inner : quick) {
      for (const Change* outer : quick) plan.push_back({seed, {inner, outer}});
    }
  }
}

void add_sample(const std::vector<Seed>& seeds, const std::vector<const Change*>& changes, const Amount& amount, Plan& plan) {
  std::mt19937_64 random(amount.seed);
  const auto any = [&](std::size_t size) { return static_cast<std::size_t>(random() % size); };
  for (std::size_t i = 0; i < amount.sampled; ++i) {
    const Seed& seed = seeds[any(seeds.size())];
    plan.push_back({&seed, {changes[any(changes.size())], changes[any(changes.size())], changes[any(changes.size())]}});
  }
}

/// Seeds as text, alone and with one change inside or outside.
void add_texts(const Material& material, const Amount& amount, Plan& plan) {
  for (const Seed& seed : material.seeds) {
    for (const Change& consumer : material.consumers) plan.push_back({&seed, {&consumer}});
  }
  const auto quick = usable(material.changes, true, false);
  std::mt19937_64 random(amount.seed);
  const auto any = [&](std::size_t size) { return static_cast<std::size_t>(random() % size); };
  for (std::size_t i = 0; i < amount.sampled; ++i) {
    const Seed& seed = material.seeds[any(material.seeds.size())];
    const Change* const consumer = &material.consumers[any(material.consumers.size())];
    const Change* const change = quick[any(quick.size())];
    if (random() % 2 == 0) plan.push_back({&seed, {change, consumer}});
    else plan.push_back({&seed, {consumer, change}});
  }
}

}  // namespace

Findings run_stopped(const Material& material, std::string_view image, const Amount& amount, unsigned threads) {
  Plan plan;
  add_pairs(material.seeds, material.changes, false, plan);
  add_sample(material.seeds, usable(material.changes, false, false), amount, plan);
  return run(material, image, plan, false, threads);
}

Findings run_silent(const Material& material, std::string_view image, const Amount& amount, unsigned threads) {
  Plan plan;
  add_pairs(material.everyday, material.changes, true, plan);
  add_texts(material, amount, plan);
  return run(material, image, plan, true, threads);
}

}  // namespace belay::generate
