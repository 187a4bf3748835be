#include "api/booking/pass_changes.hpp"

#include "api/access/access_rules.hpp"
#include "api/access/access_types.hpp"
#include "api/access/passes.hpp"
#include "api/audit/audit_store.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/release/release_store.hpp"
#include "api/mail/facts.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// A pass with the affair of its booking.
struct PassAffair {
    access::Pass pass;
    Affair affair;
};

Outcome<PassAffair> open_pass(store::Session& session, const PassChange& change) {
    auto pass = access::find_pass(session, access_id(change.town), change.pass);
    if (!pass) {
        return refuse(Refusal::unknown_booking);
    }
    const BookingId booking{static_cast<std::int64_t>(pass->booking)};
    auto affair = open_affair(session, {change.town, change.actor, booking, {}, change.now});
    if (!affair) {
        return tl::unexpected(std::move(affair).error());
    }
    return PassAffair{*std::move(pass), *std::move(affair)};
}

bool may_give(access::RevokeReason reason, bool office) {
    switch (reason) {
        case access::RevokeReason::lost:
            return true;
        case access::RevokeReason::misuse:
        case access::RevokeReason::other:
            return office;
        case access::RevokeReason::departed:
        case access::RevokeReason::moved:
        case access::RevokeReason::cancelled:
        case access::RevokeReason::reissued:
            return false;
    }
    return false;
}

bool has_ended(const access::Credential& credential, std::chrono::sys_seconds now) {
    return credential.not_before + std::chrono::minutes(credential.duration_min) <= now;
}

void record_pass(store::Session& session, const Affair& affair, const access::Pass& pass,
                 std::string_view action) {
    audit::Line line;
    line.at = affair.now;
    line.actor = affair.actor.id;
    if (!owns(affair.actor, affair.booking)) {
        line.for_whom = affair.booking.booker;
    }
    line.action = action;
    line.subject_kind = "pass";
    line.subject = static_cast<std::int64_t>(pass.row);
    audit::append(session, affair.town, line);
}

}  // namespace

Outcome<access::Pass> revoke_pass(store::Session& session, const PassChange& change,
                                  access::RevokeReason reason) {
    auto opened = open_pass(session, change);
    if (!opened) {
        return tl::unexpected(std::move(opened).error());
    }
    if (!may_give(reason, is_office(opened->affair.actor, opened->affair.booking.room))) {
        return refuse(Refusal::not_allowed);
    }
    const auto town = access_id(change.town);
    if (!access::revoke_pass(session, town, opened->pass, {change.now, reason})) {
        return refuse(Refusal::wrong_state);
    }
    record_pass(session, opened->affair, opened->pass, "pass_revoked");
    return store::present(access::find_pass(session, town, change.pass), "revoked pass");
}

Outcome<access::Pass> reissue_pass(store::Session& session, const PassChange& change) {
    auto opened = open_pass(session, change);
    if (!opened) {
        return tl::unexpected(std::move(opened).error());
    }
    const Affair& affair = opened->affair;
    if (affair.booking.status != Status::approved) {
        return refuse(Refusal::wrong_state);
    }
    const auto grant = grant_of(affair);
    if (!grant || !qr_opens(session, affair, *grant) || lacks_papers(session, affair)) {
        return refuse(Refusal::wrong_state);
    }
    if (grant->window.end <= change.now || is_released(session, affair.town, affair.booking)) {
        return refuse(Refusal::ended);
    }
    if (access::is_withheld(opened->pass.credential) &&
        !is_office(affair.actor, affair.booking.room)) {
        return refuse(Refusal::not_allowed);
    }
    auto pass = access::reissue_pass(session, *grant, opened->pass, change.now);
    record_pass(session, affair, pass, "pass_reissued");
    Notice notice{mail::Template::booking_approved, pass, {}};
    notice.to_services = false;
    tell_booker(session, affair, notice);
    return pass;
}

Outcome<std::vector<access::Pass>> list_passes(store::Session& session, TownId town,
                                               const people::Person& reader, BookingId booking) {
    const auto view = find_booking(session, town, reader, booking);
    if (!view) {
        return tl::unexpected(view.error());
    }
    return access::passes_of(session, access_id(town), access_id(booking));
}

Outcome<access::Pass> pass_to_show(store::Session& session, const PassChange& change) {
    auto opened = open_pass(session, change);
    if (!opened) {
        return tl::unexpected(std::move(opened).error());
    }
    if (!owns(opened->affair.actor, opened->affair.booking)) {
        return refuse(Refusal::not_allowed);
    }
    if (opened->pass.credential.revoked_at || opened->affair.booking.status != Status::approved) {
        return refuse(Refusal::wrong_state);
    }
    if (has_ended(opened->pass.credential, change.now)) {
        return refuse(Refusal::ended);
    }
    return opened->pass;
}

}  // namespace creneau::booking
