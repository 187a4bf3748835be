#include "api/booking/messages/take_bounce.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_store.hpp"
#include "api/mail/message_store.hpp"
#include "api/store/session.hpp"

#include <cstdint>

namespace creneau::booking {

BounceTaken take_bounce(store::Session& session, const TakeBounce& bounce) {
    const auto town = static_cast<std::int64_t>(bounce.town);
    const auto state = mail::state_of_sent(session, town, {bounce.message, bounce.token});
    if (!state) {
        return BounceTaken::unknown;
    }
    if (*state != mail::MessageState::sent) {
        return BounceTaken::known;
    }
    mail::mark_bounced(session, town, bounce.message, {bounce.status, bounce.now});
    audit::Line line;
    line.at = bounce.now;
    line.action = "message_bounced";
    line.subject_kind = "message";
    line.subject = bounce.message;
    line.ground = bounce.status;
    audit::append(session, bounce.town, line);
    return BounceTaken::noted;
}

}  // namespace creneau::booking
