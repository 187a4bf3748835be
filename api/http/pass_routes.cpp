#include "api/http/pass_routes.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holders/hand_pass.hpp"
#include "api/booking/holders/holder_types.hpp"
#include "api/booking/pass_changes.hpp"
#include "api/booking/subscriptions/manage_subscriptions.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/attempts.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "qr/digits.hpp"
#include "qr/picture.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace creneau::http {

namespace {

using Answered = tl::expected<Response, Response>;
using ChangePass =
    std::function<booking::Outcome<access::Pass>(store::Session&, const booking::PassChange&)>;

constexpr std::size_t kLongWord = 100;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestAddress = 254;

booking::PassChange change_of(const Request& request) {
    return {request.town, request.signed_in().id, access::PassRow{request.number("id")},
            request.now};
}

Work change_work(const Request& request, ChangePass change_pass) {
    return [request, change_pass = std::move(change_pass)](store::Session& session) -> Answered {
        const auto outcome = change_pass(session, change_of(request));
        if (!outcome) {
            return tl::unexpected(refused(request, outcome.error()));
        }
        return json_response(200, to_json(*outcome, request.now));
    };
}

Response list(const Request& request, store::Session& session) {
    const auto passes = booking::list_passes(session, request.town, request.signed_in(),
                                             booking::BookingId{request.number("id")});
    if (!passes) {
        return refused(request, passes.error());
    }
    auto items = nlohmann::json::array();
    for (const auto& pass : *passes) {
        items.push_back(to_json(pass, request.now));
    }
    return json_response(200, {{"items", std::move(items)}});
}

Step revoke(const Request& request) {
    auto fields = Fields::of_body(request);
    const auto word = fields.optional_text("reason", kLongWord).value_or("lost");
    const auto reason = access::revoke_reason_of(word);
    if (!reason) {
        fields.refuse("/reason", "unknown_reason",
                      {"Attendu : lost, misuse ou other.", "Expected: lost, misuse or other."});
    }
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request,
                       [reason](store::Session& session, const booking::PassChange& change) {
                           return booking::revoke_pass(session, change, *reason);
                       });
}

Step reissue(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return change_work(request, booking::reissue_pass);
}

nlohmann::json holder_json(const booking::PassHolder& holder) {
    return {{"pass_id", static_cast<std::int64_t>(holder.pass.row)},
            {"number", holder.pass.number},
            {"name", holder.name},
            {"mail", holder.mail_state.empty() ? nlohmann::json(nullptr)
                                               : nlohmann::json(holder.mail_state)}};
}

Step add(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request](store::Session& session) -> Answered {
        const auto pass =
            booking::add_pass(session, {request.town, request.signed_in().id,
                                        booking::BookingId{request.number("id")}, request.now});
        if (!pass) {
            return tl::unexpected(refused(request, pass.error()));
        }
        return json_response(201, to_json(*pass, request.now));
    });
}

Response list_holders(const Request& request, store::Session& session) {
    const auto holders = booking::list_holders(session, request.town, request.signed_in(),
                                               booking::BookingId{request.number("id")});
    if (!holders) {
        return refused(request, holders.error());
    }
    auto items = nlohmann::json::array();
    for (const auto& holder : *holders) {
        items.push_back(holder_json(holder));
    }
    return json_response(200, {{"items", std::move(items)}});
}

Work holder_work(const Request& request,
                 std::function<booking::Outcome<booking::PassHolder>(store::Session&)> change) {
    return [request, change = std::move(change)](store::Session& session) -> Answered {
        const auto holder = change(session);
        if (!holder) {
            return tl::unexpected(refused(request, holder.error()));
        }
        return json_response(200, holder_json(*holder));
    };
}

Step hand(const Request& request) {
    auto fields = Fields::of_body(request);
    booking::HandPass order;
    order.change = change_of(request);
    order.name = fields.optional_text("name", kLongestName).value_or("");
    order.email = fields.optional_text("email", kLongestAddress);
    if (order.email && !booking::is_mail_address(*order.email)) {
        fields.refuse("/email", "bad_email",
                      {"Une adresse est attendue : nom@exemple.fr.",
                       "An address is expected: name@example.org."});
    }
    if (!fields.ok()) {
        return fields.problem();
    }
    auto handed = holder_work(
        request, [order](store::Session& session) { return booking::hand_pass(session, order); });
    if (!order.email) {
        return handed;
    }
    return Work([request, handed = std::move(handed)](store::Session& session) -> Answered {
        const auto wait =
            people::count_handing(session, request.town, request.signed_in().id, request.now);
        if (wait > std::chrono::seconds{0}) {
            return tl::unexpected(too_many(request, wait));
        }
        return handed(session);
    });
}

Step take_back(const Request& request) {
    return holder_work(request, [change = change_of(request)](store::Session& session) {
        return booking::take_pass_back(session, change);
    });
}

Response unsigned_answer(const Request& request, signer::SignError error) {
    if (signer::may_succeed_later(error)) {
        return busy(request);
    }
    return problem_response(request,
                            {409,
                             std::string(signer::word_of(error)),
                             {"Ce pass ne peut pas être signé.", "This pass cannot be signed."}});
}

Response picture(const Request& request, store::Readers& readers, const signer::Client& signer) {
    const auto pass = readers.read([&](store::Session& session) {
        return booking::pass_to_show(session, change_of(request));
    });
    if (!pass) {
        return refused(request, pass.error());
    }
    const auto bytes = signer.sign_pass(static_cast<std::int64_t>(pass->credential.row));
    if (!bytes) {
        return unsigned_answer(request, bytes.error());
    }
    const auto png = qr::to_png(qr::draw(qr::to_digits(*bytes)));
    Response response;
    response.headers = {{"Content-Type", "image/png"}, {"Cache-Control", "no-store"}};
    response.body.assign(png.begin(), png.end());
    return response;
}

}  // namespace

void add_pass_routes(Routes& routes, const signer::Client& signer) {
    routes.read("GET", "/api/v1/bookings/:id/passes", list);
    routes.create("/api/v1/bookings/:id/passes", add);
    routes.read("GET", "/api/v1/bookings/:id/pass-holders", list_holders);
    routes.write("PUT", "/api/v1/passes/:id/holder", hand);
    routes.write("DELETE", "/api/v1/passes/:id/holder", take_back);
    routes.write("POST", "/api/v1/passes/:id/revoke", revoke);
    routes.create("/api/v1/passes/:id/reissue", reissue);
    routes.slow("GET", "/api/v1/passes/:id.png",
                [&signer](const Request& request, store::Readers& readers) {
                    return Step(picture(request, readers, signer));
                });
}

}  // namespace creneau::http
