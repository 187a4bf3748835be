#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace creneau::booking {

// The file of a paper is written to the folder first and named by its row then: what stops between
// leaves a file without a row, which the sweep removes, and never a row without a file.

/// A paper as the reader may see it. `unknown_booking` otherwise.
[[nodiscard]] Outcome<Paper> find_paper(store::Session& session, TownId town,
                                        const people::Person& reader, PaperId paper);

/// The same for who is about to send its file: `wrong_state` when it was accepted.
[[nodiscard]] Outcome<Paper> paper_to_fill(store::Session& session, TownId town,
                                           const people::Person& sender, PaperId paper);

struct AttachFile {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    PaperId paper{};
    PaperFile file;  ///< in the folder already
    std::chrono::sys_seconds now;
};

/// Names the paper's file, in place of any it had.
[[nodiscard]] Outcome<Paper> attach_file(store::Session& session, const AttachFile& order);

/// Removes the files that no row of any town names and nobody has sent within the last hour; runs
/// in the writer, so that no row comes to name one meanwhile. Answers how many.
std::size_t sweep_paper_files(store::Writer& writer, const PaperFolder& folder,
                              std::chrono::system_clock::time_point now);

/// The papers of a town whose file is not in the folder.
struct FilesFound {
    std::int64_t there = 0;
    std::vector<PaperId> missing;
};
[[nodiscard]] FilesFound look_for_files(store::Session& session, TownId town,
                                        const PaperFolder& folder);

}  // namespace creneau::booking
