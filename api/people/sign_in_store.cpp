#include "api/people/sign_in_store.hpp"

#include "api/people/person.hpp"
#include "api/people/throttle_rules.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>
#include <sodium.h>

namespace creneau::people {

namespace {

using store::instant;
using store::unix_seconds;

std::string hashed(const std::string& subject) {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(subject.data()), subject.size(),
                       nullptr, 0);
    std::array<char, 2 * hash.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return subject.substr(0, subject.find(':') + 1) + hex.data();
}

}  // namespace

Failures find_failures(store::Session& session, TownId town, const std::string& subject) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto key = hashed(subject);
    std::int64_t count = 0;
    std::int64_t blocked_until = 0;
    std::int64_t last_at = 0;
    session.sql() << "SELECT count, blocked_until, last_at FROM sign_in_failures"
                     " WHERE town_id = :town AND subject = :subject",
        soci::use(town_id), soci::use(key), soci::into(count), soci::into(blocked_until),
        soci::into(last_at);
    if (!session.sql().got_data()) {
        return {};
    }
    return {count, instant(blocked_until), instant(last_at)};
}

void save_failures(store::Session& session, TownId town, const std::string& subject,
                   const Failures& failures) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto key = hashed(subject);
    const auto blocked_until = unix_seconds(failures.blocked_until);
    const auto last_at = unix_seconds(failures.last_at);
    session.sql() << "INSERT INTO sign_in_failures (town_id, subject, count, blocked_until,"
                     " last_at) VALUES (:town, :subject, :count, :until, :last)"
                     " ON CONFLICT (town_id, subject) DO UPDATE SET count = excluded.count,"
                     " blocked_until = excluded.blocked_until, last_at = excluded.last_at",
        soci::use(town_id), soci::use(key), soci::use(failures.count), soci::use(blocked_until),
        soci::use(last_at);
}

void forget_failures(store::Session& session, TownId town, const std::string& subject) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto key = hashed(subject);
    session.sql() << "DELETE FROM sign_in_failures WHERE town_id = :town AND subject = :subject",
        soci::use(town_id), soci::use(key);
}

void purge_failures(store::Session& session, TownId town, std::chrono::sys_seconds oldest) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto before = unix_seconds(oldest);
    session.sql() << "DELETE FROM sign_in_failures WHERE town_id = :town AND last_at < :oldest",
        soci::use(town_id), soci::use(before);
}

std::optional<std::string> find_password_hash(store::Session& session, TownId town,
                                              PersonId person) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto person_id = static_cast<std::int64_t>(person);
    std::string hash;
    session.sql() << "SELECT hash FROM passwords WHERE town_id = :town AND person_id = :person",
        soci::use(town_id), soci::use(person_id), soci::into(hash);
    return session.sql().got_data() ? std::optional(hash) : std::nullopt;
}

void save_password_hash(store::Session& session, TownId town, PersonId person,
                        const std::string& hash, std::chrono::sys_seconds now) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto person_id = static_cast<std::int64_t>(person);
    const auto set_at = unix_seconds(now);
    session.sql() << "INSERT INTO passwords (person_id, town_id, hash, set_at)"
                     " VALUES (:person, :town, :hash, :at)"
                     " ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash,"
                     " set_at = excluded.set_at",
        soci::use(person_id), soci::use(town_id), soci::use(hash), soci::use(set_at);
}

}  // namespace creneau::people
