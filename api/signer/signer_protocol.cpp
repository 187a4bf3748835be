#include "api/signer/signer_protocol.hpp"

#include "api/signer/signer_client.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>
#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxAgentKey = 64;

constexpr std::array kEveryError = {
    SignError::unreachable, SignError::rate,        SignError::too_early,     SignError::no_key,
    SignError::failed,      SignError::unknown_row, SignError::not_approved,  SignError::revoked,
    SignError::ended,       SignError::over_cap,    SignError::unknown_agent, SignError::bad_policy,
    SignError::malformed,
};

std::optional<Ask> read_pass(const json& request) {
    const auto found = request.find("credential");
    if (found == request.end() || !found->is_number_unsigned()) {
        return std::nullopt;
    }
    const auto id = found->get<std::uint64_t>();
    if (!std::in_range<std::int64_t>(id)) {
        return std::nullopt;
    }
    return AskPass{static_cast<std::int64_t>(id)};
}

std::optional<Ask> read_policy(const json& request) {
    const auto found = request.find("agent");
    if (found == request.end() || !found->is_string()) {
        return std::nullopt;
    }
    auto key = found->get<std::string>();
    if (key.empty() || key.size() > kMaxAgentKey) {
        return std::nullopt;
    }
    return AskPolicy{std::move(key)};
}

/// Stops the parser at the first value inside a value: requests are flat.
bool flat(int depth, json::parse_event_t event, const json& /*value*/) {
    const bool opens =
        event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
    return !opens || depth == 0;
}

}  // namespace

std::string_view word_of(SignError error) {
    switch (error) {
        case SignError::unreachable:
            return "unreachable";
        case SignError::rate:
            return "rate";
        case SignError::too_early:
            return "too_early";
        case SignError::no_key:
            return "no_key";
        case SignError::failed:
            return "failed";
        case SignError::unknown_row:
            return "unknown_row";
        case SignError::not_approved:
            return "not_approved";
        case SignError::revoked:
            return "revoked";
        case SignError::ended:
            return "ended";
        case SignError::over_cap:
            return "over_cap";
        case SignError::unknown_agent:
            return "unknown_agent";
        case SignError::bad_policy:
            return "bad_policy";
        case SignError::malformed:
            return "malformed";
    }
    return "failed";
}

bool may_succeed_later(SignError error) {
    return error == SignError::unreachable || error == SignError::rate ||
           error == SignError::too_early || error == SignError::no_key ||
           error == SignError::failed;
}

std::size_t frame_length(std::span<const std::uint8_t> head) {
    return (std::size_t{head[0]} << 24U) | (std::size_t{head[1]} << 16U) |
           (std::size_t{head[2]} << 8U) | std::size_t{head[3]};
}

std::vector<std::uint8_t> frame(std::span<const std::uint8_t> body) {
    std::vector<std::uint8_t> out;
    out.reserve(kFrameHead + body.size());
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        out.push_back(static_cast<std::uint8_t>((body.size() >> shift) & 0xFFU));
    }
    out.insert(out.end(), body.begin(), body.end());
    return out;
}

std::string write_ask(const Ask& ask) {
    if (const auto* pass = std::get_if<AskPass>(&ask)) {
        return json{{"ask", "sign_pass"}, {"credential", pass->credential_id}}.dump();
    }
    return json{{"ask", "export_policy"}, {"agent", std::get<AskPolicy>(ask).agent_key}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

std::optional<Ask> read_ask(std::string_view text) {
    // The callback drops nested values; a dropped value is missing below, so the request is
    // refused.
    const json request = json::parse(text, flat, false);
    if (!request.is_object() || request.size() != 2 || !request.contains("ask") ||
        !request["ask"].is_string()) {
        return std::nullopt;
    }
    const auto& ask = request["ask"].get_ref<const std::string&>();
    if (ask == "sign_pass") {
        return read_pass(request);
    }
    if (ask == "export_policy") {
        return read_policy(request);
    }
    return std::nullopt;
}

std::vector<std::uint8_t> write_answer(const Answer& answer) {
    std::vector<std::uint8_t> body;
    if (answer) {
        body.reserve(answer->size() + 1);
        body.push_back(0);
        body.insert(body.end(), answer->begin(), answer->end());
    } else {
        const auto word = word_of(answer.error());
        body.push_back(1);
        body.insert(body.end(), word.begin(), word.end());
    }
    return frame(body);
}

Answer read_answer(std::span<const std::uint8_t> body) {
    if (body.empty() || body[0] > 1) {
        return tl::unexpected(SignError::failed);
    }
    const auto content = body.subspan(1);
    if (body[0] == 0) {
        return std::vector<std::uint8_t>(content.begin(), content.end());
    }
    const std::string word(content.begin(), content.end());
    const auto* const found =
        std::ranges::find_if(kEveryError, [&](SignError error) { return word_of(error) == word; });
    return tl::unexpected(found == kEveryError.end() ? SignError::failed : *found);
}

}  // namespace creneau::signer
