#pragma once

#include "door-agent/clock/clock.hpp"
#include "door-agent/journal/journal.hpp"
#include "policy/decide.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace creneau::door {

/// One look at the time: the sample and what it is worth.
struct TimeLook {
    ClockSample sample;
    ClockVerdict verdict;
    /// The wall clock, when passes may be judged by it.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> believed() const;
};

/// Knows whether the time is to be trusted and how old the policy is, across restarts. One thread.
class TimeKeeper {
  public:
    struct Settings {
        ClockSource source = ClockSource::ntp;
        std::string boot_id;
        std::function<ClockSample()> sample = sample_clock;
        std::chrono::sys_seconds floor = build_date();  ///< nobody's word lowers it
        std::filesystem::path word_file{};              ///< where confirm-clock leaves its word
    };

    /// `kept` is what to_keep() gave the journal in an earlier life.
    TimeKeeper(Settings settings, const std::optional<KeptTime>& kept);

    TimeLook look();

    /// Takes a person's word for the time, when one was left, and removes it. What came of it.
    struct Heard {
        bool believed = false;
        std::string detail;
    };
    std::optional<Heard> hear_word();

    /// The town's signed time of now: vouches for a clock that agrees with it, as a person does.
    /// Absent for one that does not.
    std::optional<Heard> hear_town(std::chrono::sys_seconds town_time);

    /// A policy came into force: its age begins, and no true clock is below its issue time.
    void policy_in_force(const policy::Policy& policy, const TimeLook& look);

    /// For decide(): trust, drift, and the policy's age by the boot clock.
    [[nodiscard]] policy::ClockState clock_state(const TimeLook& look) const;

    /// How old `policy`, the one in force, is at least: by the wall clock or by the boot clock,
    /// whichever says more.
    [[nodiscard]] std::chrono::seconds age_of(const policy::Policy& policy,
                                              const TimeLook& look) const;

    /// What to write down, when enough has changed or ten minutes have passed; else absent.
    std::optional<KeptTime> to_keep(const TimeLook& look);
    /// The same whatever has passed; for a clean stop.
    [[nodiscard]] KeptTime kept(const TimeLook& look) const;

  private:
    [[nodiscard]] std::chrono::seconds policy_age(BootTime now) const;

    Settings settings_;
    std::string heard_;
    ClockMemory memory_;
    policy::Order order_;
    std::chrono::seconds age_at_mark_{0};
    BootTime age_mark_{};
    std::optional<KeptTime> written_;
};

}  // namespace creneau::door
