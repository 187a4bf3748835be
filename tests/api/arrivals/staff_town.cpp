#include "tests/api/arrivals/staff_town.hpp"

#include "api/store/readers.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::arrivals {

StaffTown::StaffTown() {
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

people::Organised<Movement> StaffTown::depart(PersonId person, const std::string& ends,
                                              PersonId actor) {
    AnnounceDeparture order{by(actor), person, ends, kUsualDelay};
    return in_write(
        [order](store::Session& session) { return announce_departure(session, order); });
}

AnnounceArrival StaffTown::arrival(const std::string& starts) const {
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

people::Organised<Movement> StaffTown::arrive(AnnounceArrival order) {
    return in_write([order](store::Session& session) { return announce_arrival(session, order); });
}

people::Organised<Movement> StaffTown::correct(const Movement& movement,
                                               const std::string& moment) {
    CorrectMovement order{by(kHr), movement.id, moment};
    return in_write([order](store::Session& session) { return correct_movement(session, order); });
}

people::Organised<Movement> StaffTown::withdraw(const Movement& movement) {
    WithdrawMovement order{by(kHr), movement.id};
    return in_write([order](store::Session& session) { return withdraw_movement(session, order); });
}

people::Organised<Movement> StaffTown::acknowledge(const Movement& movement, PersonId person) {
    AcknowledgeMovement order{by(person), movement.id};
    return in_write(
        [order](store::Session& session) { return acknowledge_movement(session, order); });
}

std::size_t StaffTown::carry_out() {
    store::Readers readers(database_.database(), 1);
    return carry_out_due_movements(readers, writer_, kTown, now_);
}

std::size_t StaffTown::tell() {
    const auto now = now_;
    return in_write([now](store::Session& session) -> tl::expected<std::size_t, bool> {
               return tell_concerned(session, kTown, now);
           })
        .value();
}

people::Organised<access::Badge> StaffTown::give(const std::string& number,
                                                 std::optional<PersonId> person) {
    access::GiveBadge order{by(kSacha), number, person, {}, {}, {}};
    if (!person) {
        order.association = booking::kChoir;
    }
    return in_write([this, order](store::Session& session) {
        return access::give_badge(session, key_, order);
    });
}

std::vector<std::int64_t> StaffTown::in_policy(std::chrono::sys_seconds at) {
    std::vector<std::int64_t> ids;
    for (const auto& entry :
         access::policy_entries(access::select_held_badges(*session_, access::TownId{1}), at)) {
        if (entry.valid.start <= at) {
            ids.push_back(static_cast<std::int64_t>(entry.id));
        }
    }
    return ids;
}

}  // namespace creneau::arrivals
