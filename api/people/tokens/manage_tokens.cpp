#include "api/people/tokens/manage_tokens.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/secret_token.hpp"
#include "api/people/tokens/token_rules.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace creneau::people {

namespace {

constexpr std::chrono::hours kUseNotedEach{1};

TokenFaults faults_of(store::Session& session, const MakeToken& order) {
    TokenFaults faults;
    if (order.scopes.empty()) {
        faults.push_back(TokenFault::no_scope);
    } else if (!std::ranges::all_of(order.scopes, is_scope)) {
        faults.push_back(TokenFault::unknown_scope);
    }
    if (order.expires_at <= order.now) {
        faults.push_back(TokenFault::expired);
    } else if (order.expires_at > order.now + kLongestToken) {
        faults.push_back(TokenFault::expires_too_late);
    }
    if (std::ssize(select_tokens(session, order.town, order.actor, order.now)) >= kMostTokens) {
        faults.push_back(TokenFault::too_many);
    }
    return faults;
}

void record(store::Session& session, const EndToken& token, std::string_view action) {
    audit::Line line;
    line.at = token.now;
    line.actor = token.actor;
    line.action = action;
    line.subject_kind = "access_token";
    line.subject = static_cast<std::int64_t>(token.token);
    line.log = audit::Log::security;
    audit::append(session, token.town, line);
}

}  // namespace

tl::expected<AccessToken, TokenFaults> make_token(store::Session& session, const MakeToken& order) {
    const auto owner = find_person(session, order.town, order.actor);
    if (!owner || !owner->is_active(order.now)) {
        return tl::unexpected(TokenFaults{TokenFault::not_allowed});
    }
    purge_tokens(session, order.town, order.now);
    auto faults = faults_of(session, order);
    if (!faults.empty()) {
        return tl::unexpected(std::move(faults));
    }
    AccessToken token;
    token.person = order.actor;
    token.name = order.name;
    token.scopes = order.scopes;
    std::ranges::sort(token.scopes);
    const auto repeated = std::ranges::unique(token.scopes);
    token.scopes.erase(repeated.begin(), repeated.end());
    token.created_at = order.now;
    token.expires_at = order.expires_at;
    token.id =
        insert_token(session, order.town, token,
                     store::present(hash_of_secret_token(order.secret), "hash of a new token"));
    record(session, {order.town, order.actor, token.id, order.now}, "access_token_made");
    return token;
}

bool end_token(store::Session& session, const EndToken& order) {
    if (!delete_token(session, order.town, order.actor, order.token)) {
        return false;
    }
    record(session, order, "access_token_ended");
    return true;
}

std::optional<Bearer> find_bearer(store::Session& session, TownId town, std::string_view secret,
                                  std::chrono::sys_seconds now) {
    const auto hash = hash_of_secret_token(secret);
    auto token = hash ? find_token(session, town, *hash) : std::nullopt;
    if (!token || token->expires_at <= now) {
        return std::nullopt;
    }
    auto person = find_person(session, town, token->person);
    if (!person || !person->is_active(now)) {
        return std::nullopt;
    }
    const bool is_noted = token->last_used_at && now - *token->last_used_at < kUseNotedEach;
    return Bearer{*std::move(person), std::move(token->scopes),
                  is_noted ? std::nullopt : std::optional(token->id)};
}

}  // namespace creneau::people
