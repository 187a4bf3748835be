#include "api/http/message_routes.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/messages/print_letter.hpp"
#include "api/booking/messages/read_messages.hpp"
#include "api/booking/rounds/round_messages.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/http/booking_answers.hpp"
#include "api/http/fields.hpp"
#include "api/http/item_page.hpp"
#include "api/http/json_values.hpp"
#include "api/http/problem.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/round_answers.hpp"
#include "api/http/routes.hpp"
#include "api/http/time_text.hpp"
#include "api/mail/letter_composer.hpp"
#include "api/mail/message_store.hpp"
#include "api/mail/outbox_worker.hpp"
#include "api/mail/plain_rendering.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace creneau::http {

namespace {

using booking::CodeShown;
using Answered = tl::expected<Response, Response>;

constexpr std::int64_t kLongestPage = 100;
constexpr std::size_t kLongestState = 32;

nlohmann::json to_json(const mail::KeptMessage& message) {
    return {{"id", message.id},
            {"template", message.template_word},
            {"state", mail::word_of(message.state)},
            {"reason", message.reason},
            {"booking_id", or_null(message.booking_id)},
            {"series_id", or_null(message.series_id)},
            {"round_id", or_null(message.round_id)},
            {"person_id", message.person_id},
            {"person_name", message.to_name},
            {"association_id", or_null(message.association_id)},
            {"carries_code", message.credential_id.has_value()},
            {"needed_by", message.needed_by ? nlohmann::json(to_rfc3339(*message.needed_by))
                                            : nlohmann::json(nullptr)},
            {"phone", message.phone},
            {"created_at", to_rfc3339(message.created_at)},
            {"done_at", message.done_at ? nlohmann::json(to_rfc3339(*message.done_at))
                                        : nlohmann::json(nullptr)}};
}

mail::MessagePage page_in(Fields& fields) {
    mail::MessagePage page;
    page.limit = fields.optional_integer("limit", {1, kLongestPage}).value_or(page.limit);
    page.after = fields.optional_integer("cursor", {1, std::numeric_limits<std::int64_t>::max()})
                     .value_or(page.after);
    return page;
}

Response list_response(const std::vector<mail::KeptMessage>& messages,
                       const mail::MessagePage& page) {
    return page_response(messages, page.limit, &mail::KeptMessage::id,
                         [](const mail::KeptMessage& message) { return to_json(message); });
}

Response list_messages(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto messages = booking::list_messages(session, request.signed_in(), request.town,
                                                 booking::BookingId{request.number("id")}, page);
    return messages ? list_response(*messages, page) : refused(request, messages.error());
}

Response list_round_messages(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    const auto page = page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    const auto messages = booking::list_round_messages(
        session, request.signed_in(), request.town, booking::RoundId{request.number("id")}, page);
    return messages ? list_response(*messages, page) : refused(request, messages.error());
}

Response list_letters(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    auto page = page_in(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    page.now = request.now;
    const auto letters = booking::list_letters(session, request.signed_in(), request.town, page);
    return letters ? list_response(*letters, page) : refused(request, letters.error());
}

/// The state that is asked for; there is one so far.
void check_state(Fields& fields) {
    const auto state = fields.text("state", kLongestState);
    if (!fields.refused("state") && state != "undelivered") {
        fields.refuse(
            "state", "unknown_state",
            {"L'état doit être « undelivered ».", "The state has to be \"undelivered\"."});
    }
}

Response list_undelivered(const Request& request, store::Session& session) {
    auto fields = Fields::of_query(request);
    auto page = page_in(fields);
    check_state(fields);
    if (!fields.ok()) {
        return fields.problem();
    }
    page.before = page.after == 0 ? page.before : page.after;
    const auto messages =
        booking::list_undelivered(session, request.signed_in(), request.town, page);
    if (!messages) {
        return refused(request, messages.error());
    }
    return page_response(
        *messages, page.limit, &mail::KeptMessage::id, [](const mail::KeptMessage& message) {
            auto item = to_json(message);
            item["subject"] =
                mail::subject_of(message.template_word, message.locale, message.facts);
            return item;
        });
}

booking::LetterChange change_of(const Request& request) {
    return {request.town, request.signed_in().id, request.number("id"), request.now};
}

Step print_letter(const Request& request) {
    auto fields = Fields::of_body(request);
    if (!fields.ok()) {
        return fields.problem();
    }
    return Work([request](store::Session& session) -> Answered {
        const auto printed = booking::print_letter(session, change_of(request));
        if (!printed) {
            return tl::unexpected(refused(request, printed.error()));
        }
        return json_response(200, to_json(*printed));
    });
}

/// The code of the message, where its reader gets it; `too_early`: it follows by itself.
tl::expected<mail::LetterPass, mail::PassFault> pass_of(const booking::OpenedMessage& opened,
                                                        const mail::SignPass& sign_pass) {
    if (opened.code == CodeShown::none || opened.code == CodeShown::withheld) {
        return mail::LetterPass{{}, opened.code == CodeShown::withheld};
    }
    const auto bytes = sign_pass(opened.message.credential_id.value_or(0));
    if (bytes) {
        return mail::LetterPass{*bytes, false};
    }
    if (bytes.error().fault == mail::PassFault::too_early) {
        return mail::LetterPass{};
    }
    return tl::unexpected(bytes.error().fault);
}

Response without_code(const Request& request, mail::PassFault fault) {
    if (fault == mail::PassFault::unavailable) {
        return busy(request);
    }
    return problem_response(request, {409,
                                      "code_opens_nothing",
                                      {"Le code de cette lettre n’ouvre plus rien : le lecteur "
                                       "a reçu, ou recevra, un autre message.",
                                       "The code of this letter opens nothing any more: another "
                                       "message tells its reader."}});
}

Response pdf_response(const Request& request, std::string pdf) {
    Response response;
    response.headers = {{"Content-Type", "application/pdf"},
                        {"Content-Disposition",
                         "inline; filename=\"message-" + request.parameters.at("id") + ".pdf\""},
                        {"Cache-Control", "no-store"}};
    response.body = std::move(pdf);
    return response;
}

Step letter(const Request& request, store::Readers& readers, const mail::SignPass& sign_pass) {
    const auto opened = readers.read([&](store::Session& session) {
        return booking::open_message(session, request.signed_in(), request.town,
                                     request.number("id"));
    });
    if (!opened) {
        return refused(request, opened.error());
    }
    const auto pass = pass_of(*opened, sign_pass);
    if (!pass) {
        return without_code(request, pass.error());
    }
    auto pdf = mail::compose_letter(opened->message, *pass);
    if (!pdf) {
        throw std::runtime_error("message " + std::to_string(opened->message.id) + ": " +
                                 pdf.error().field + " " + pdf.error().detail);
    }
    auto response = pdf_response(request, *std::move(pdf));
    if (!pass->bytes || opened->code != CodeShown::to_office) {
        return response;
    }
    return Work([change = change_of(request), response](store::Session& session) -> Answered {
        booking::record_code_seen(session, change);
        return response;
    });
}

}  // namespace

void add_message_routes(Routes& routes, const mail::SignPass& sign_pass) {
    routes.read("GET", "/api/v1/bookings/:id/messages", list_messages);
    routes.read("GET", "/api/v1/rounds/:id/messages", list_round_messages);
    routes.read("GET", "/api/v1/messages", list_undelivered);
    routes.read("GET", "/api/v1/letters", list_letters);
    routes.write("POST", "/api/v1/letters/:id/printed", print_letter);
    routes.slow("GET", "/api/v1/messages/:id.pdf",
                [sign_pass](const Request& request, store::Readers& readers) {
                    return letter(request, readers, sign_pass);
                });
}

}  // namespace creneau::http
