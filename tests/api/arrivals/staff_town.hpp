#pragma once

#include "api/access/badge_key.hpp"
#include "api/access/badge_rules.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/keep_badges.hpp"
#include "api/arrivals/announce.hpp"
#include "api/arrivals/carry_out.hpp"
#include "api/arrivals/movements.hpp"
#include "api/arrivals/tell_concerned.hpp"
#include "api/people/account_key.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::arrivals {

using booking::kDominique;
using booking::kNow;
using booking::kOffice;
using booking::kTown;

inline constexpr PersonId kHr{10};
inline constexpr PersonId kNoa{11};    ///< administrator
inline constexpr PersonId kSacha{12};  ///< access administrator
inline constexpr PersonId kLine{13};   ///< line manager of Dominique, no role
inline constexpr people::DepartmentId kCulture{1};

/// 18:00 in Paris on the day of kNow.
inline constexpr std::chrono::sys_seconds kEvening = kNow + std::chrono::hours(5);
inline constexpr auto kEveningLocal = "2026-11-21T18:00";

/// The town of the booking tests with a staff: Dominique works there and books for themselves, too.
class StaffTown : public booking::TownTest {
  protected:
    StaffTown();

    /// What the writer answers to `work(session)`.
    template <class Work>
    auto in_write(Work work) {
        return writer_.run(std::move(work)).value();
    }
    people::Actor by(PersonId person) const { return {kTown, person, now_}; }

    people::Organised<Movement> depart(PersonId person = kDominique,
                                       const std::string& ends = kEveningLocal,
                                       PersonId actor = kHr);
    AnnounceArrival arrival(const std::string& starts) const;
    people::Organised<Movement> arrive(AnnounceArrival order);
    people::Organised<Movement> correct(const Movement& movement, const std::string& moment);
    people::Organised<Movement> withdraw(const Movement& movement);
    people::Organised<Movement> acknowledge(const Movement& movement, PersonId person);
    std::size_t carry_out();
    std::size_t tell();
    people::Organised<access::Badge> give(const std::string& number,
                                          std::optional<PersonId> person = kDominique);
    /// The rows of the badges that open at `at` by a policy built then.
    std::vector<std::int64_t> in_policy(std::chrono::sys_seconds at);
    /// The codes of what is wrong, in order.
    template <class T>
    static std::vector<std::string> codes(const people::Organised<T>& answer) {
        std::vector<std::string> words;
        if (!answer) {
            for (const auto& fault : answer.error().faults) {
                words.push_back(fault.code);
            }
        }
        return words;
    }
    template <class T>
    static people::OrganisationRefusal refusal(const people::Organised<T>& answer) {
        return answer ? people::OrganisationRefusal::invalid : answer.error().refusal;
    }

    using Codes = std::vector<std::string>;
    std::array<std::uint8_t, access::BadgeKey::kSize> secret_{7};
    people::AccountKey key_of_accounts_{people::AccountKey::Bytes{3}};
    access::BadgeKey key_{secret_};
    std::chrono::sys_seconds now_ = kNow;
};

}  // namespace creneau::arrivals
