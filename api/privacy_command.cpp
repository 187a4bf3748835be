#include "api/privacy_command.hpp"

#include "api/config.hpp"
#include "api/privacy/erasure_ledger.hpp"
#include "api/privacy/replay_erasures.hpp"
#include "api/store/db_error.hpp"
#include "api/store/migrator.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <exception>
#include <iostream>
#include <string>

namespace creneau {

namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;

std::string words_of(const privacy::Comparison& found) {
    std::string words = std::to_string(found.in_ledger) + " in the ledger";
    const auto tell = [&](std::size_t count, const char* what) {
        if (count > 0) {
            words += ", ";
            words += std::to_string(count);
            words += what;
        }
    };
    tell(found.not_erased.size(), " of them not erased here: serve and restore finish that");
    tell(found.not_in_ledger.size(),
         " erased here and not in the ledger: a backup would bring"
         " them back");
    tell(found.foreign.size(), " of towns or people that are not here: is it this town's ledger?");
    tell(found.unreadable, " lines cannot be read");
    return words;
}

}  // namespace

int replay_erasures_command(const Config& config) {
    const privacy::ErasureLedger ledger(config.erasures_folder);
    const auto content = ledger.read();
    if (content.erasures.empty() && content.unreadable == 0) {
        return kDone;
    }
    store::Readers readers(config.database, 1);
    const bool is_current = readers.read([](store::Session& session) {
        return store::schema_state(session).state == store::SchemaState::current;
    });
    if (!is_current) {
        std::cout << "erasures: the backup is older than this program; run migrate, which erases "
                     "whoever the ledger names\n";
        return kDone;
    }
    store::Writer writer(config.database);
    const auto erased = privacy::replay_erasures(
        readers, writer, ledger, {},
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (erased > 0) {
        std::cout << "erasures: " << erased << " erased again, as the ledger says\n";
    }
    if (content.unreadable > 0) {
        std::cerr << "erasures: " << content.unreadable << " lines of the ledger in "
                  << ledger.folder().string() << " cannot be read: somebody may be back\n";
        return kRefused;
    }
    return kDone;
}

bool check_erasures(const Config& config) {
    try {
        store::Session session(config.database, store::OpenMode::read_only);
        const auto found =
            privacy::compare_erasures(session, privacy::ErasureLedger(config.erasures_folder));
        std::cout << (found.agrees() ? "ok" : "PROBLEM") << " erasures " << words_of(found) << "\n";
        return found.agrees();
    } catch (const std::exception& error) {
        std::cout << "PROBLEM erasures cannot be examined: " << store::told(error) << "\n";
        return false;
    }
}

}  // namespace creneau
