#pragma once

#include "api/audit/audit_store.hpp"
#include "api/audit/verify_audit.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace creneau::audit {

inline constexpr TownId kTown{1};
inline constexpr TownId kOtherTown{2};
inline constexpr ChainOf kActivity{kTown, Log::activity};
inline constexpr ChainOf kSecurity{kTown, Log::security};
inline constexpr PersonId kOffice{1};
inline constexpr PersonId kCamille{2};

/// Noon of a day of November 2026, UTC.
[[nodiscard]] constexpr std::chrono::sys_seconds noon_of(unsigned day) {
    return std::chrono::sys_days{std::chrono::year{2026} / 11 / std::chrono::day{day}} +
           std::chrono::hours{12};
}

/// Two towns in one database, whose lines are written by the writer, and a seals file.
class AuditTown : public testing::TestWithParam<store::Engine> {
  protected:
    AuditTown();

    /// A booking's line, or another's.
    void write(std::chrono::sys_seconds at, Line line = {}, TownId town = kTown);
    /// What the clock does at `now`.
    void tick(std::chrono::sys_seconds now);
    /// Three days of both logs, the first two of them sealed.
    void fill();

    [[nodiscard]] Verified verify(const ChainOf& chain, const std::optional<std::string>& day = {});
    /// What is broken in a chain of either town, or lines that belong to none; nothing: all is
    /// well.
    [[nodiscard]] std::optional<Broken> first_broken();

    /// From now on session_ is somebody's who may do everything: the audit has no triggers, and
    /// nothing is checked.
    void take_over();
    /// What the database says to a statement; empty when it obeys.
    [[nodiscard]] std::string refusal_of(const std::string& statement);
    [[nodiscard]] std::int64_t number(const std::string& query);
    [[nodiscard]] std::string text(const std::string& query);

    support::TestDatabase database_{GetParam()};
    store::Session session_ = database_.open();
    store::Readers readers_{database_.database(), 2};
    store::Writer writer_{database_.database(), {.limits = {}, .town_id = 1, .report = {}}};
    std::filesystem::path file_ = database_.folder() + "/audit.seals";
    std::vector<std::string> told_;
};

}  // namespace creneau::audit
