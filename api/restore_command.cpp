#include "api/restore_command.hpp"

#include "api/audit_command.hpp"
#include "api/commands.hpp"
#include "api/config.hpp"
#include "api/ledgers.hpp"
#include "api/people/ways_in_store.hpp"
#include "api/store/backup.hpp"
#include "api/store/db_error.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>

namespace creneau {

namespace {

constexpr int kDone = 0;
constexpr int kRefused = 1;

/// Some of what the backup lets in had been ended since: nobody can say which.
int end_ways_in(const Config& config) {
    try {
        store::Session session(config.database, store::OpenMode::read_write);
        session.execute("BEGIN");
        const auto ended = people::delete_ways_in(session);
        session.execute("COMMIT");
        std::cout << "ways in: " << ended << " sessions, codes and tokens of the backup are over; "
                  << "docs/install.md says what else it brought back\n";
        return kDone;
    } catch (const std::exception& error) {
        std::cerr << "ways in: sessions, codes and tokens of the backup still serve: "
                  << store::told(error) << "\n";
        return kRefused;
    }
}

}  // namespace

int restore_command(const Config& config, const std::filesystem::path& file) {
    store::restore(config.database, file);
    const int ended = end_ways_in(config);
    note_restore(config, ended == kDone);
    warn_without_closed(config);
    const int replayed = replay_ledgers_command(config);
    const int files = paper_files_command(config);
    return std::max({ended, replayed, files});
}

}  // namespace creneau
