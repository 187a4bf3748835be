// So many badges of one association in a SQLite file that a town was imported into, numbered from
// 04 00…: what the screens would take hours to give out.
//
//   creneau-bench-badges FILE KEY_FILE ASSOCIATION_ID COUNT

#include "api/access/access_types.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_key_file.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/badge_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace {

using namespace creneau;

constexpr access::TownId kTown{1};

void fill(store::Session& session, const access::BadgeKey& key, std::int64_t association,
          std::int64_t count) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    access::NewBadge badge;
    badge.badge.holder = {access::HolderKind::association, association};
    badge.badge.from = now - std::chrono::hours{1};
    badge.badge.changed_at = now;
    session.execute("BEGIN IMMEDIATE");
    for (std::int64_t number = 0; number < count; ++number) {
        const auto text = fmt::format("04{:012x}", number);
        badge.number_sealed = key.seal(text);
        badge.number_mark = key.mark(kTown, text);
        if (!access::insert_badge(session, kTown, badge)) {
            throw std::runtime_error("badge " + text + " is taken");
        }
    }
    session.execute("COMMIT");
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 5) {
        std::cerr << "creneau-bench-badges FILE KEY_FILE ASSOCIATION_ID COUNT\n";
        return 2;
    }
    const auto key = access::read_badge_key(argv[2]);
    if (!key) {
        throw std::runtime_error("no key of badges");
    }
    store::Session session({.engine = store::Engine::sqlite, .location = argv[1]},
                           store::OpenMode::read_write);
    fill(session, *key, std::stoll(argv[3]), std::stoll(argv[4]));
    return 0;
} catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 1;
}
