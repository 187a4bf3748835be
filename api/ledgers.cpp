#include "api/ledgers.hpp"

#include "api/access/closed/closed_ledger.hpp"
#include "api/access/closed/keep_closed.hpp"
#include "api/booking/booking_types.hpp"
#include "api/config.hpp"
#include "api/privacy/erase_unused_accounts.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/replay_erasures.hpp"
#include "api/privacy_command.hpp"
#include "api/store/db_error.hpp"
#include "api/store/migrator.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <iostream>

#include <spdlog/spdlog.h>

namespace creneau {

namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;

void replay_erasures(store::Readers& readers, store::Writer& writer, const Ledgers& ledgers,
                     booking::TownId town, std::chrono::sys_seconds now) {
    privacy::require_readable(ledgers.erasures);
    const auto erased = privacy::replay_erasures(readers, writer, ledgers.erasures, town, now);
    if (erased > 0) {
        spdlog::warn("{} people erased again, as the ledger of erasures says", erased);
    }
}

int replay_closed(const Config& config) {
    const access::ClosedLedger ledger(config.erasures_folder);
    const auto content = ledger.read();
    if (content.said.empty() && content.unreadable == 0) {
        return kDone;
    }
    store::Readers readers(config.database, 1);
    const bool is_current = readers.read([](store::Session& session) {
        return store::schema_state(session).state == store::SchemaState::current;
    });
    if (!is_current) {
        std::cout << "closed: the backup is older than this program; run migrate, which closes "
                     "again whatever the ledger names\n";
        return kDone;
    }
    store::Writer writer(config.database);
    const auto closed = access::replay_closed(
        writer, ledger, {},
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (closed > 0) {
        std::cout << "closed: " << closed << " closed again, as the ledger says\n";
    }
    if (content.unreadable > 0) {
        std::cerr << "closed: " << content.unreadable << " lines of " << ledger.file().string()
                  << " cannot be read: something may be open again\n";
        return kRefused;
    }
    return kDone;
}

}  // namespace

Ledgers open_ledgers(const Config& config) {
    return {privacy::ErasureLedger(config.erasures_folder),
            access::ClosedLedger(config.erasures_folder)};
}

void replay_ledgers(store::Readers& readers, store::Writer& writer, const Ledgers& ledgers,
                    booking::TownId town, std::chrono::sys_seconds now) {
    replay_erasures(readers, writer, ledgers, town, now);
    access::require_readable(ledgers.closed);
    const auto closed =
        access::replay_closed(writer, ledgers.closed, booking::access_id(town), now);
    if (closed > 0) {
        spdlog::warn("{} closed again, as the ledger says: a backup was restored", closed);
    }
}

void finish_erasures(store::Readers& readers, store::Writer& writer, const Ledgers& ledgers,
                     booking::TownId town, std::chrono::sys_seconds now) {
    try {
        replay_erasures(readers, writer, ledgers, town, now);
    } catch (const std::exception& error) {
        spdlog::error("alert erasures_not_replayed {}", store::told(error));
    }
    try {
        privacy::erase_unused_accounts(readers, writer, ledgers.erasures, town, now);
    } catch (const std::exception& error) {
        spdlog::error("alert unused_accounts_not_erased {}", store::told(error));
    }
}

std::function<void(std::chrono::sys_seconds)> keep_closed(store::Readers& readers,
                                                          const Ledgers& ledgers,
                                                          booking::TownId town) {
    return [&readers, of = booking::access_id(town),
            watch = access::ClosedWatch(ledgers.closed)](std::chrono::sys_seconds now) mutable {
        try {
            watch.tick(readers, of, now);
        } catch (const std::exception& error) {
            spdlog::error("alert closed_not_noted {}", store::told(error));
        }
    };
}

void warn_without_closed(const Config& config) {
    const access::ClosedLedger ledger(config.erasures_folder);
    if (ledger.read().said.empty()) {
        std::cerr << "closed: nothing in " << ledger.file().string()
                  << ": look through badges, passes, door agents and lockdowns before you serve\n";
    }
}

int replay_ledgers_command(const Config& config) {
    const int erased = replay_erasures_command(config);
    const int closed = replay_closed(config);
    return erased != 0 ? erased : closed;
}

bool check_closed(const Config& config) {
    try {
        const auto content = access::ClosedLedger(config.erasures_folder).read();
        const bool is_good = content.unreadable == 0;
        std::cout << (is_good ? "ok" : "PROBLEM") << " closed " << content.said.size()
                  << " lines in the ledger, " << content.unreadable << " cannot be read\n";
        return is_good;
    } catch (const std::exception& error) {
        std::cout << "PROBLEM closed cannot be examined: " << store::told(error) << "\n";
        return false;
    }
}

}  // namespace creneau
