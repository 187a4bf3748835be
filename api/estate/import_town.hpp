#pragma once

#include "api/estate/import_error.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::estate {

/// What happened to one kind of thing ("rooms") of the file.
struct ImportCount {
    std::string kind;
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::vector<std::string> left_alone;  // keys in the database that the file does not name
};

struct ImportReport {
    std::string town_key;
    std::vector<ImportCount> counts;  // town, sites, agents, doors, zones, spaces, rooms, people, …
    bool new_school_zone = false;     // of a town that was known: its school holidays are others
    bool new_holiday_law = false;     // its public holidays are others

    bool nothing_changed() const;
};

/// The report as lines for people, each ended by a line feed.
std::string describe(const ImportReport& report);

/// What an import does to people and associations that were changed in the application since the
/// file last said them, where it says something else of them.
enum class Edits : std::uint8_t {
    kept,        ///< `edited_here`: each is named and nothing is imported
    overwritten  ///< the file's values are taken, as for everything else
};

/// Loads a town from its JSON description (docs: examples/le-pre/README.md). Things are known by
/// their `key`: a new one is added, a known one takes the values of the file, one that the file
/// does not name is left alone. The lists inside a thing (readers, ways in, managers, …) become
/// those of the file.
///
/// Every error of the file is returned at once, and nothing is written then. To be called inside a
/// transaction (Writer::run), which the caller rolls back on an unexpected result; database
/// failures throw. `now` dates the audit line.
tl::expected<ImportReport, std::vector<ImportError>> import_town(store::Session& session,
                                                                 std::string_view text,
                                                                 std::chrono::sys_seconds now,
                                                                 Edits edits = Edits::kept);

}  // namespace creneau::estate
