#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {

struct RecordPaper {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    access::Holder holder;
    PaperKind kind = PaperKind::insurance;
    std::string valid_from;   ///< local date
    std::string valid_until;  ///< local date, included; empty: no end
    bool accepted = false;    ///< the office has looked at it already
    std::chrono::sys_seconds now;
};

/// The office notes a paper of an association or person. `unknown_booking` when there is no such
/// holder, `not_allowed` to anybody else, `end_before_start`.
[[nodiscard]] Outcome<Paper> record_paper(store::Session& session, const RecordPaper& order);

struct AcceptPaper {
    TownId town{};
    PersonId actor{};
    PaperId paper{};
    std::chrono::sys_seconds now;
};

/// The office accepts a paper: approved bookings of its holder that now lack none get the doors and
/// passes that were held back, in the same transaction, and their bookers a mail. `wrong_state`
/// when it was accepted already.
[[nodiscard]] Outcome<Paper> accept_paper(store::Session& session, const AcceptPaper& order);

/// The papers of a holder, newest first, for the office and for themselves.
[[nodiscard]] Outcome<std::vector<Paper>> list_papers(store::Session& session, TownId town,
                                                      const people::Person& reader,
                                                      const access::Holder& holder);

}  // namespace creneau::booking
