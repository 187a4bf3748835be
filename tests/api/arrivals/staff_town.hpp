#pragma once

#include "api/access/badge_key.hpp"
#include "api/access/badge_rules.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/keep_badges.hpp"
#include "api/arrivals/announce.hpp"
#include "api/arrivals/carry_out.hpp"
#include "api/arrivals/movements.hpp"
#include "api/arrivals/tell_concerned.hpp"
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
    StaffTown() {
        if (GetParam() == store::Engine::postgresql) {
            session_->execute("ALTER TABLE people ALTER COLUMN id RESTART WITH 100");
        }
        session_->execute(
            "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
            " (10, 1, 'hr', 'Ressources humaines', 'rh@le-pre.example.org', 'fr'),"
            " (11, 1, 'noa', 'Noa', 'noa@le-pre.example.org', 'fr'),"
            " (12, 1, 'sacha', 'Sacha', 'sacha@le-pre.example.org', 'en'),"
            " (13, 1, 'line', 'Line Morin', 'line@le-pre.example.org', 'fr');"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 10, 'human_resources'),"
            " (1, 11, 'administrator'), (1, 12, 'access_administrator');"
            "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Culture'), (9, 2, 'Autre');"
            "INSERT INTO staff (person_id, town_id, department_id, line_manager_id, from_date)"
            " VALUES (3, 1, 1, 13, '2020-01-01'), (11, 1, 1, NULL, '2020-01-01'),"
            " (1, 1, 1, NULL, '2020-01-01');"
            "INSERT INTO duties (town_id, person_id, word, from_date) VALUES"
            " (1, 3, 'Régie', '2020-01-01')");
    }

    /// What the writer answers to `work(session)`.
    template <class Work>
    auto in_write(Work work) {
        return writer_.run(std::move(work)).value();
    }
    people::Actor by(PersonId person) const { return {kTown, person, now_}; }

    people::Organised<Movement> depart(PersonId person = kDominique,
                                       const std::string& ends = kEveningLocal,
                                       PersonId actor = kHr) {
        AnnounceDeparture order{by(actor), person, ends, kUsualDelay};
        return in_write(
            [order](store::Session& session) { return announce_departure(session, order); });
    }
    AnnounceArrival arrival(const std::string& starts) const {
        AnnounceArrival order;
        order.actor = by(kHr);
        order.name = "Jo Nouvel";
        order.email = "jo@le-pre.example.org";
        order.department = kCulture;
        order.line_manager = kLine;
        order.duties = {"Accueil"};
        order.starts = starts;
        return order;
    }
    people::Organised<Movement> arrive(AnnounceArrival order) {
        return in_write(
            [order](store::Session& session) { return announce_arrival(session, order); });
    }
    people::Organised<Movement> correct(const Movement& movement, const std::string& moment) {
        CorrectMovement order{by(kHr), movement.id, moment};
        return in_write(
            [order](store::Session& session) { return correct_movement(session, order); });
    }
    people::Organised<Movement> withdraw(const Movement& movement) {
        WithdrawMovement order{by(kHr), movement.id};
        return in_write(
            [order](store::Session& session) { return withdraw_movement(session, order); });
    }
    people::Organised<Movement> acknowledge(const Movement& movement, PersonId person) {
        AcknowledgeMovement order{by(person), movement.id};
        return in_write(
            [order](store::Session& session) { return acknowledge_movement(session, order); });
    }
    std::size_t carry_out() {
        const auto now = now_;
        return in_write([now](store::Session& session) -> tl::expected<std::size_t, bool> {
                   return carry_out_movements(session, kTown, now);
               })
            .value();
    }
    std::size_t tell() {
        const auto now = now_;
        return in_write([now](store::Session& session) -> tl::expected<std::size_t, bool> {
                   return tell_concerned(session, kTown, now);
               })
            .value();
    }
    people::Organised<access::Badge> give(const std::string& number,
                                          std::optional<PersonId> person = kDominique) {
        access::GiveBadge order{by(kSacha), number, person, {}, {}, {}};
        if (!person) {
            order.association = booking::kChoir;
        }
        return in_write([this, order](store::Session& session) {
            return access::give_badge(session, key_, order);
        });
    }
    /// The rows of the badges that a policy built at `at` would name.
    std::vector<std::int64_t> in_policy(std::chrono::sys_seconds at) {
        std::vector<std::int64_t> ids;
        for (const auto& entry :
             access::policy_entries(access::select_held_badges(*session_, access::TownId{1}), at)) {
            ids.push_back(static_cast<std::int64_t>(entry.id));
        }
        return ids;
    }
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
    access::BadgeKey key_{secret_};
    std::chrono::sys_seconds now_ = kNow;
};

}  // namespace creneau::arrivals
