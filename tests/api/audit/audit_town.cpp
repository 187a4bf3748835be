#include "tests/api/audit/audit_town.hpp"

#include "api/audit/audit_keeper.hpp"
#include "api/audit/line_store.hpp"
#include "api/audit/seals_file.hpp"

#include <exception>

#include <soci/soci.h>
#include <tl/expected.hpp>

namespace creneau::audit {

AuditTown::AuditTown() {
    session_.execute(
        "INSERT INTO towns (id, key, name, time_zone, service, email, phone) VALUES"
        " (1, 'a', 'A', 'Europe/Paris', 's', 'a@example.org', '1'),"
        " (2, 'b', 'B', 'Europe/Paris', 's', 'b@example.org', '2');"
        "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
        " (1, 1, 'o', 'Office', 'o@example.org', 'fr'),"
        " (2, 1, 'c', 'Camille', 'c@example.org', 'fr')");
}

void AuditTown::write(std::chrono::sys_seconds at, Line line, TownId town) {
    line.at = at;
    line.action = line.action.empty() ? "booking_requested" : line.action;
    line.subject_kind = line.subject_kind.empty() ? "booking" : line.subject_kind;
    const auto written = writer_.run([&](store::Session& session) -> tl::expected<bool, bool> {
        append(session, town, line);
        return true;
    });
    ASSERT_TRUE(written.has_value());
}

void AuditTown::tick(std::chrono::sys_seconds now) {
    AuditKeeper(readers_, writer_, kTown, file_, [this](const std::string& what) {
        told_.push_back(what);
    }).tick(now);
}

void AuditTown::fill() {
    for (const unsigned day : {1U, 2U, 3U}) {
        for (const std::int64_t subject : {1, 2, 3}) {
            Line line;
            line.actor = kCamille;
            line.subject = subject;
            line.ground = "property_management";
            write(noon_of(day), line);
            line.for_whom = kOffice;
            line.action = "signed_in";
            line.subject_kind = "person";
            line.log = Log::security;
            write(noon_of(day), line);
            write(noon_of(day), {}, kOtherTown);
        }
    }
    tick(noon_of(3));
}

Verified AuditTown::verify(const ChainOf& chain, const std::optional<std::string>& day) {
    const SealsFile file(file_);
    return verify_audit(session_, chain, file, day);
}

std::optional<Broken> AuditTown::first_broken() {
    for (const TownId town : {kTown, kOtherTown}) {
        for (const Log log : {Log::activity, Log::security}) {
            if (auto found = verify({town, log}); found.broken) {
                return found.broken;
            }
        }
    }
    if (count_strays(session_) > 0) {
        return Broken{0, "", "strays"};
    }
    return std::nullopt;
}

void AuditTown::take_over() {
    if (GetParam() == store::Engine::postgresql) {
        session_.execute(
            "SET session_replication_role TO replica; ALTER TABLE audit DROP CONSTRAINT audit_log,"
            " DROP CONSTRAINT audit_codes");
        return;
    }
    std::string dropped;
    std::string name;
    soci::statement triggers =
        (session_.sql().prepare << "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                                   " AND tbl_name LIKE 'audit%'",
         soci::into(name));
    for (bool more = triggers.execute(true); more; more = triggers.fetch()) {
        dropped += "DROP TRIGGER " + name + ";";
    }
    session_.execute(dropped + "PRAGMA ignore_check_constraints=ON;PRAGMA foreign_keys=OFF");
}

std::string AuditTown::refusal_of(const std::string& statement) {
    try {
        session_.execute(statement);
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

std::int64_t AuditTown::number(const std::string& query) {
    long long number = 0;
    session_.sql() << query, soci::into(number);
    return number;
}

std::string AuditTown::text(const std::string& query) {
    std::string text;
    session_.sql() << query, soci::into(text);
    return text;
}

}  // namespace creneau::audit
