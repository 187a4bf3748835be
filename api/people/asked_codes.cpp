#include "api/people/asked_codes.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/security_log.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

constexpr std::int64_t kMostAtOnce = 50;

void answer(store::Session& session, TownId town, const CodeRequest& request,
            std::chrono::sys_seconds now) {
    const auto person = find_person_by_email(session, town, request.email);
    if (!person || !person->is_active(now) ||
        (request.kind == CodeKind::sign_in &&
         !may_sign_in_by_code(*person, has_second_factor(session, {town, person->id}))) ||
        count_living_codes(session, town, person->id, request.kind, now) >= kMostLivingCodes) {
        return;
    }
    (void)mail_code(session, town, person->id, request.kind, now);
    log_security(session, town,
                 {.action = "code_mailed",
                  .actor = {},
                  .about = person->id,
                  .at = now,
                  .ground = word_of(request.kind)});
}

}  // namespace

std::chrono::seconds ask_for_code(store::Session& session, const Attempt& attempt, CodeKind kind) {
    const auto delay = count_asked_mail(session, attempt);
    if (delay == std::chrono::seconds{0}) {
        insert_code_request(session, attempt.town, {kind, canonical_email(attempt.email)},
                            attempt.now);
    }
    return delay;
}

void answer_code_requests(store::Readers& readers, store::Writer& writer, TownId town,
                          std::chrono::sys_seconds now) {
    const bool any =
        readers.read([&](store::Session& session) { return has_code_requests(session, town); });
    if (!any) {
        return;
    }
    // Lost, it is done at the next look.
    (void)writer.run([&](store::Session& session) -> tl::expected<bool, bool> {
        for (const auto& request : take_code_requests(session, town, kMostAtOnce)) {
            answer(session, town, request, now);
        }
        return true;
    });
}

}  // namespace creneau::people
