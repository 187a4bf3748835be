#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::booking {

struct RecordPaper {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    access::Holder holder;
    PaperKind kind = PaperKind::insurance;
    std::string reference;    ///< at most 60 characters; a declaration has one
    std::string valid_from;   ///< local date
    std::string valid_until;  ///< local date, included; empty: no end
    bool accepted = false;    ///< the office has looked at it already
    std::chrono::sys_seconds now;
};

/// Papers of one holder that wait to be accepted, at most.
inline constexpr std::int64_t kMostWaiting = 50;

/// Notes a paper of an association or person: the office, and the holder where it is not `accepted`
/// at once. `unknown_booking` when there is no such holder or it is none of the actor's,
/// `end_before_start`, `reference_missing`, `too_many_papers`.
[[nodiscard]] Outcome<Paper> record_paper(store::Session& session, const RecordPaper& order);

struct AcceptPaper {
    TownId town{};
    PersonId actor{};
    PaperId paper{};
    std::chrono::sys_seconds now;
    std::string file_digest = {};  ///< of the file that was read; empty: of a paper without one
};

/// The office accepts a paper as it was read: approved bookings of its holder that now lack none
/// get the doors and passes that were held back, in the same transaction, and their bookers a mail.
/// `wrong_state` when it was accepted already, `stale` when its file is not the one that was read.
[[nodiscard]] Outcome<Paper> accept_paper(store::Session& session, const AcceptPaper& order);

/// What part of whose papers.
struct ListPapers {
    TownId town{};
    access::Holder holder;
    PaperPage page;
};

/// The papers of a holder, newest first, for the office and for themselves.
[[nodiscard]] Outcome<std::vector<Paper>> list_papers(store::Session& session,
                                                      const people::Person& reader,
                                                      const ListPapers& order);

struct ListExpiring {
    TownId town{};
    std::chrono::days within{};
    PaperPage page;
    std::chrono::sys_seconds now;
};

/// Accepted papers of the whole town whose last day is today or one of so many days after it, for
/// the office. `not_allowed` to anybody else.
[[nodiscard]] Outcome<std::vector<Paper>> list_expiring(store::Session& session,
                                                        const people::Person& reader,
                                                        const ListExpiring& order);

}  // namespace creneau::booking
