#include "api/http/pass_routes.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/pass_changes.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/fields.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "qr/digits.hpp"
#include "qr/picture.hpp"

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
    routes.write("POST", "/api/v1/passes/:id/revoke", revoke);
    routes.write("POST", "/api/v1/passes/:id/reissue", reissue);
    routes.slow("GET", "/api/v1/passes/:id.png",
                [&signer](const Request& request, store::Readers& readers) {
                    return Step(picture(request, readers, signer));
                });
}

}  // namespace creneau::http
