#include "api/http/dispatcher.hpp"

#include "api/http/admission.hpp"
#include "api/http/fields.hpp"
#include "api/http/held_answers.hpp"
#include "api/http/idempotency.hpp"
#include "api/http/log_text.hpp"
#include "api/http/origin_check.hpp"
#include "api/http/problem.hpp"
#include "api/http/refusal_log.hpp"
#include "api/http/request.hpp"
#include "api/http/responder.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/http/text.hpp"
#include "api/store/db_error.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <spdlog/spdlog.h>

namespace creneau::http {

namespace {

using Answered = tl::expected<tl::expected<Response, Response>, store::WriteFault>;

/// The answer to an exception; its text goes to the log and never to the client.
Response answer_to(const std::exception& error, const Request& request) {
    const auto fault = store::fault_of(error);
    spdlog::error("{} {} {}: {}", request.id, request.method, path_for_log(request.path),
                  store::told(error));
    return fault == store::DbFault::busy || fault == store::DbFault::serialization
               ? busy(request)
               : internal_error(request);
}

Response answer_to(store::WriteFault fault, const Request& request) {
    switch (fault) {
        case store::WriteFault::queue_full:
        case store::WriteFault::lost:
        case store::WriteFault::stopped:
            return busy(request);
        case store::WriteFault::failed:
            return internal_error(request);
    }
    return internal_error(request);
}

/// JSON is UTF-8 (RFC 8259, 8.1); a body that says otherwise is not read as if it were.
bool is_json(const Request& request) {
    const auto type = lowered(request.header("content-type").value_or(""));
    const std::string_view sent = type;
    const auto end = std::min(sent.find(';'), sent.size());
    const auto rest = trimmed(sent.substr(std::min(end + 1, sent.size())));
    return trimmed(sent.substr(0, end)) == "application/json" &&
           (rest.empty() || rest == "charset=utf-8" || rest == "charset=\"utf-8\"");
}

/// Somebody who is signed in asked for what they may not do, or for a thing that is not theirs to
/// see.
std::optional<Refused> refusal_in(const Request& request, const Response& response,
                                  std::string_view pattern) {
    constexpr int kForbidden = 403;
    constexpr int kNotFound = 404;
    if (request.person && response.status == kForbidden) {
        return Refused::forbidden;
    }
    const bool names_one = pattern.find(':') != std::string_view::npos;
    return request.person && names_one && response.status == kNotFound
               ? std::optional(Refused::not_found)
               : std::nullopt;
}

void note_refusal(RefusalLog& log, const Request& request, std::string_view pattern,
                  const std::optional<Refused>& refused) {
    if (refused) {
        log.note(request, pattern, *refused);
    }
}

bool is_known_file(const Request& request) {
    const auto type = lowered(trimmed(request.header("content-type").value_or("")));
    return type == "application/pdf" || type == "image/png" || type == "image/jpeg";
}

/// Whether the body has the type that the route takes; nothing in it has none.
std::optional<Response> refuse_type(const Request& request, const Route* route) {
    if (!changes_state(request.method) || request.body.empty()) {
        return std::nullopt;
    }
    if (route != nullptr && route->takes_file) {
        return is_known_file(request)
                   ? std::nullopt
                   : std::optional(problem_response(
                         request, {415,
                                   "unknown_file_type",
                                   {"Envoyez un fichier PDF, PNG ou JPEG, avec son type.",
                                    "Send a PDF, PNG or JPEG file, with its type."}}));
    }
    return is_json(request)
               ? std::nullopt
               : std::optional(problem_response(request, {415,
                                                          "not_json",
                                                          {"Envoyez le corps en application/json.",
                                                           "Send the body as application/json."}}));
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// Calls `answer` and sends what it returns; an exception becomes an answer too.
template <class Answer>
void send_result(const Request& request, Responder& responder, Answer answer) {
    Response response;
    try {
        response = answer();
    } catch (const std::exception& error) {
        response = answer_to(error, request);
    } catch (...) {
        spdlog::error("{} threw what is no std::exception", request.id);
        response = internal_error(request);
    }
    responder.send(request, response);
}

}  // namespace

Dispatcher::Dispatcher(Routes routes, store::Readers& readers, store::Writer& writer,
                       Options options)
    : routes_(std::move(routes)),
      readers_(readers),
      writer_(writer),
      refusals_(std::make_shared<RefusalLog>(writer)),
      held_(std::make_shared<HeldAnswers>(readers)),
      public_url_(std::move(options.public_url)),
      after_commit_(std::move(options.after_commit)),
      hold_back_(std::move(options.hold_back)),
      pages_(std::move(options.pages)),
      pool_(options.slow_threads, options.slow_queued),
      hashing_pool_(options.hashing_threads, options.hashing_queued) {}

Dispatcher::~Dispatcher() {
    end_held_answers();
}

void Dispatcher::end_held_answers() {
    held_->close();
}

void Dispatcher::handle(Request request, const std::shared_ptr<Responder>& responder) noexcept {
    try {
        check_and_route(std::move(request), responder);
    } catch (const std::exception& error) {
        spdlog::error("request lost: {}", store::told(error));  // the responder answers 500
    } catch (...) {
        spdlog::error("request lost");
    }
}

void Dispatcher::check_and_route(Request request, const std::shared_ptr<Responder>& responder) {
    if (auto refusal = refuse_early(request)) {
        responder->send(request, *refusal);
        return;
    }
    const auto found = routes_.find(request);
    if (auto refusal = refuse_type(request, found.route)) {
        responder->send(request, *refusal);
        return;
    }
    if (found.route == nullptr) {
        responder->send(request, no_route(request, found));
        return;
    }
    if (changes_state(request.method) && !found.route->takes_query) {
        // A parameter that is passed over may have been meant to hold the change back.
        if (auto query = Fields::of_query(request); !query.ok()) {
            responder->send(request, query.problem());
            return;
        }
    }
    run(*found.route, std::move(request), responder);
}

std::optional<Response> Dispatcher::refuse_early(const Request& request) const {
    if (!changes_state(request.method)) {
        return std::nullopt;
    }
    // A browser adds no token by itself: what brings one was meant by who sent it.
    if (!request.bearer_token && !sent_by_ourselves(request, public_url_)) {
        return problem_response(request,
                                {403,
                                 "foreign_origin",
                                 {"Cette demande ne vient pas des pages de la ville.",
                                  "This request does not come from the town's own pages."}});
    }
    return std::nullopt;
}

Response Dispatcher::no_route(const Request& request, const Routes::Found& found) const {
    if (found.allowed.empty()) {
        auto page = pages_ ? pages_->answer(request) : std::nullopt;
        return page ? *std::move(page) : not_found(request);
    }
    const auto allowed = joined(found.allowed);
    auto response = request.method == "OPTIONS"
                        ? no_content()
                        : problem_response(request, {405,
                                                     "method_not_allowed",
                                                     {"Méthodes admises : " + allowed + ".",
                                                      "Methods allowed: " + allowed + "."}});
    response.headers.emplace_back("Allow", allowed);
    return response;
}

void Dispatcher::run(const Route& route, Request request,
                     const std::shared_ptr<Responder>& responder) {
    if (route.kind == Kind::plain) {
        send_result(request, *responder,
                    [&] { return std::get<PlainHandler>(route.handler)(request); });
        return;
    }
    if (route.kind == Kind::read) {
        std::optional<Refused> refused;
        send_result(request, *responder, [&] {
            auto response = read(route, request);
            refused = refusal_in(request, response, route.pattern);
            return response;
        });
        note_refusal(*refusals_, request, route.pattern, refused);
        return;
    }
    std::optional<Response> refusal;
    try {
        refusal = refuse_entry_to(route, request);
    } catch (const std::exception& error) {
        responder->send(request, answer_to(error, request));
        return;
    }
    if (refusal) {
        responder->send(request, *refusal);
        note_refusal(*refusals_, request, route.pattern,
                     refusal_in(request, *refusal, route.pattern));
        return;
    }
    const auto shared = std::make_shared<const Request>(std::move(request));
    if (route.kind == Kind::slow || route.kind == Kind::hashing) {
        run_slow(route.kind == Kind::slow ? pool_ : hashing_pool_, route, shared, responder);
        return;
    }
    Step step;
    try {
        step = std::get<StepHandler>(route.handler)(*shared);
        if (route.kind == Kind::create && std::holds_alternative<Work>(step)) {
            step = with_idempotency(*shared, std::get<Work>(std::move(step)));
        }
    } catch (const std::exception& error) {
        step = answer_to(error, *shared);
    }
    take_step(route, std::move(step), shared, responder);
}

Response Dispatcher::read(const Route& route, Request& request) {
    return readers_.read([&](store::Session& session) {
        if (auto refusal = refuse_entry(session, writer_, route, request)) {
            return *std::move(refusal);
        }
        return std::get<ReadHandler>(route.handler)(request, session);
    });
}

std::optional<Response> Dispatcher::refuse_entry_to(const Route& route, Request& request) {
    // Who brings nothing needs no look at the database.
    if (!request.session_token && !request.bearer_token) {
        return route.access == Access::anyone ? std::nullopt
                                              : std::optional(not_signed_in(request));
    }
    return readers_.read(
        [&](store::Session& session) { return refuse_entry(session, writer_, route, request); });
}

void Dispatcher::run_slow(WorkerPool& pool, const Route& route, const Shared& request,
                          const std::shared_ptr<Responder>& responder) {
    const bool taken = pool.submit([this, &route, request, responder] {
        Step step;
        try {
            step = std::get<SlowHandler>(route.handler)(*request, readers_);
        } catch (const std::exception& error) {
            step = answer_to(error, *request);
        } catch (...) {
            step = internal_error(*request);
        }
        take_step(route, std::move(step), request, responder);
    });
    if (!taken) {
        responder->send(*request, busy(*request));
    }
}

void Dispatcher::take_step(const Route& route, Step step, const Shared& request,
                           const std::shared_ptr<Responder>& responder) {
    if (auto* response = std::get_if<Response>(&step)) {
        responder->send(*request, *response);
        note_refusal(*refusals_, *request, route.pattern,
                     refusal_in(*request, *response, route.pattern));
        return;
    }
    submit(route, std::get<Work>(std::move(step)), request, responder);
}

void Dispatcher::submit(const Route& route, Work work, const Shared& request,
                        const std::shared_ptr<Responder>& responder) {
    // Copies: the writer may answer after this is gone.
    writer_.submit(std::move(work), [request, responder, after_commit = after_commit_,
                                     refusals = refusals_, held = held_, hold_back = hold_back_,
                                     pattern = route.pattern](Answered answered) {
        if (!answered) {
            responder->send(*request, answer_to(answered.error(), *request));
            return;
        }
        if (*answered && after_commit) {
            after_commit();
        }
        const Response& response = *answered ? **answered : answered->error();
        held->look();
        auto later = *answered && hold_back ? hold_back(*request) : nullptr;
        if (later) {
            held->hold({request, responder, response, std::move(later)});
            return;
        }
        responder->send(*request, response);
        note_refusal(*refusals, *request, pattern, refusal_in(*request, response, pattern));
    });
}

}  // namespace creneau::http
