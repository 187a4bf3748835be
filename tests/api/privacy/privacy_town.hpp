#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/session.hpp"
#include "tests/support/test_database.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::privacy {

inline constexpr people::TownId kTown{1};
inline constexpr people::PersonId kPerle{7};   ///< an individual, and a manager of 300
inline constexpr people::PersonId kBruno{8};   ///< the office
inline constexpr people::PersonId kDana{10};   ///< an administrator
inline constexpr people::PersonId kDenis{11};  ///< data protection
inline constexpr people::PersonId kMila{12};   ///< manages 300, too
inline constexpr std::chrono::sys_seconds kNow{std::chrono::seconds{1'796'000'000}};

/// Two towns. Perle Zurbriggen's name, address, phone number or words stand in every table that can
/// hold them, and nothing of hers is to come.
class PrivacyTown : public testing::TestWithParam<store::Engine> {
  protected:
    PrivacyTown();

    [[nodiscard]] tl::expected<ErasedPerson, EraseRefusal> erase(people::PersonId person = kPerle,
                                                                 people::PersonId actor = kDenis);
    /// Every column of every table.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> columns();
    /// "table.column" wherever her name or phone number is to be read.
    [[nodiscard]] std::vector<std::string> traces();
    [[nodiscard]] std::int64_t number(const std::string& query);
    [[nodiscard]] std::string text(const std::string& query);

    support::TestDatabase database{GetParam()};
    store::Session session = database.open();
    ErasureLedger ledger{database.folder() + "/erasures"};
};

}  // namespace creneau::privacy
