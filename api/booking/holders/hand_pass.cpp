#include "api/booking/holders/hand_pass.hpp"

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
#include "api/booking/holders/holder_store.hpp"
#include "api/booking/holders/holder_types.hpp"
#include "api/booking/list_bookings.hpp"
#include "api/booking/pass_changes.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/people/person.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

struct Handing {
    Affair affair;
    access::Pass pass;
};

Outcome<Affair> open_own(store::Session& session, const Change& change) {
    auto affair = open_affair(session, change);
    if (affair && !may_hand_passes(affair->actor, affair->booking)) {
        return refuse(Refusal::not_allowed);
    }
    return affair;
}

Outcome<Handing> open_handing(store::Session& session, const PassChange& change) {
    auto pass = access::find_pass(session, access_id(change.town), change.pass);
    if (!pass) {
        return refuse(Refusal::unknown_booking);
    }
    const BookingId booking{static_cast<std::int64_t>(pass->booking)};
    auto affair = open_own(session, {change.town, change.actor, booking, {}, change.now});
    if (!affair) {
        return tl::unexpected(std::move(affair).error());
    }
    return Handing{*std::move(affair), *std::move(pass)};
}

/// Neither who holds it nor which pass of the booking: nobody sees a history per pass.
void record_handing(store::Session& session, const Affair& affair, std::string_view action) {
    audit::Line line;
    line.at = affair.now;
    line.actor = affair.actor.id;
    line.action = action;
    line.subject_kind = "booking_passes";
    line.subject = static_cast<std::int64_t>(affair.booking.id);
    audit::append(session, affair.town, line);
}

void call_mail_back(store::Session& session, const Handing& handing) {
    const auto before = select_holder(session, handing.affair.town, handing.pass.row);
    if (before && before->outbox_id) {
        // One that has left is closed already.
        mail::close_mail(session, *before->outbox_id, mail::MailEnd::superseded, handing.affair.now,
                         "handed to somebody else");
    }
}

PassHolder holder_now(store::Session& session, TownId town, const access::Pass& pass) {
    auto row = select_holder(session, town, pass.row).value_or(HolderRow{});
    return {pass, std::move(row.name), std::move(row.mail_state)};
}

}  // namespace

Outcome<access::Pass> add_pass(store::Session& session, const MorePasses& order) {
    const auto affair = open_own(session, {order.town, order.actor, order.booking, {}, order.now});
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    const auto grant = grant_of(*affair);
    const auto passes = access::passes_of(session, access_id(order.town), access_id(order.booking));
    const bool has_living = std::ranges::any_of(
        passes, [](const access::Pass& pass) { return !pass.credential.revoked_at; });
    // What the town took away is not made up for by a new one.
    const bool any_withheld = std::ranges::any_of(
        passes, [](const access::Pass& pass) { return access::is_withheld(pass.credential); });
    if (affair->booking.status != Status::approved || !grant || !has_living || any_withheld ||
        !qr_opens(session, *affair, *grant) || lacks_papers(session, *affair)) {
        return refuse(Refusal::wrong_state);
    }
    if (grant->window.end <= order.now) {
        return refuse(Refusal::ended);
    }
    const auto most = std::min<std::int64_t>(kMostPasses, affair->booking.attendees);
    if (static_cast<std::int64_t>(passes.size()) >= most) {
        const auto number = std::to_string(most);
        return refuse({Failure{
            Rule::too_many_passes,
            "",
            {"Cette réservation peut avoir " + number +
                 " pass au plus : remettez un de ceux qu'elle a.",
             "This booking may have " + number + " passes at most: hand over one that it has."}}});
    }
    auto pass = access::add_pass(session, *grant, order.now);
    record_handing(session, *affair, "pass_added");
    return pass;
}

Outcome<PassHolder> hand_pass(store::Session& session, const HandPass& order) {
    const auto handing = open_handing(session, order.change);
    if (!handing) {
        return tl::unexpected(handing.error());
    }
    HolderRow row;
    row.name = order.name;
    call_mail_back(session, *handing);
    if (order.email) {
        const auto code = pass_to_show(session, order.change);
        if (!code) {
            return tl::unexpected(code.error());
        }
        row.outbox_id = mail_to_holder(session, handing->affair, handing->pass, *order.email);
    }
    save_holder(session, order.change.town, handing->pass.row, row);
    record_handing(session, handing->affair, "pass_handed");
    return holder_now(session, order.change.town, handing->pass);
}

Outcome<PassHolder> take_pass_back(store::Session& session, const PassChange& change) {
    const auto handing = open_handing(session, change);
    if (!handing) {
        return tl::unexpected(handing.error());
    }
    call_mail_back(session, *handing);
    delete_holder(session, change.town, handing->pass.row);
    record_handing(session, handing->affair, "pass_taken_back");
    return holder_now(session, change.town, handing->pass);
}

Outcome<std::vector<PassHolder>> list_holders(store::Session& session, TownId town,
                                              const people::Person& reader, BookingId booking) {
    const auto view = find_booking(session, town, reader, booking);
    if (!view) {
        return tl::unexpected(view.error());
    }
    if (!may_hand_passes(reader, view->booking)) {
        return refuse(Refusal::not_allowed);
    }
    std::vector<PassHolder> holders;
    for (const auto& pass : access::passes_of(session, access_id(town), access_id(booking))) {
        holders.push_back(holder_now(session, town, pass));
    }
    return holders;
}

void forget_past_holders(store::Readers& readers, store::Writer& writer, TownId town,
                         std::chrono::sys_seconds now) {
    const bool any =
        readers.read([&](store::Session& session) { return has_past_holders(session, town, now); });
    if (any) {
        // What is not written now is written by a later tick.
        (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
            delete_past_holders(session, town, now);
            return true;
        });
    }
}

}  // namespace creneau::booking
