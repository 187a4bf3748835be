#include "api/signer/signer_protocol.hpp"

#include "api/signer/hex_text.hpp"
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
constexpr std::size_t kNonce = 16;

constexpr std::array kEveryError = {
    SignError::unreachable, SignError::rate,        SignError::too_early,     SignError::no_key,
    SignError::failed,      SignError::unknown_row, SignError::not_approved,  SignError::revoked,
    SignError::ended,       SignError::over_cap,    SignError::unknown_agent, SignError::bad_policy,
    SignError::malformed,
};

/// A member that is a whole number, not below 0.
std::optional<std::int64_t> read_number(const json& request, const char* member) {
    const auto found = request.find(member);
    if (found == request.end() || !found->is_number_unsigned()) {
        return std::nullopt;
    }
    const auto number = found->get<std::uint64_t>();
    return std::in_range<std::int64_t>(number) ? std::optional(static_cast<std::int64_t>(number))
                                               : std::nullopt;
}

std::optional<Ask> read_pass(const json& request) {
    const auto id = read_number(request, "credential");
    return id ? std::optional<Ask>(AskPass{*id}) : std::nullopt;
}

std::optional<Ask> read_command(const json& request) {
    const auto id = read_number(request, "command");
    return id ? std::optional<Ask>(AskCommand{*id}) : std::nullopt;
}

std::optional<Ask> read_key_log(const json& request) {
    const auto after = read_number(request, "after");
    return after ? std::optional<Ask>(AskKeyLog{*after}) : std::nullopt;
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
    AskPolicy ask{std::move(key)};
    if (const auto nonce = request.find("nonce"); nonce != request.end()) {
        auto bytes = nonce->is_string() ? bytes_from_hex(nonce->get_ref<const std::string&>())
                                        : std::nullopt;
        if (!bytes || bytes->size() != kNonce) {
            return std::nullopt;
        }
        ask.nonce = *std::move(bytes);
    }
    return ask;
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
    if (const auto* log = std::get_if<AskKeyLog>(&ask)) {
        return json{{"ask", "key_log"}, {"after", log->after}}.dump();
    }
    if (const auto* command = std::get_if<AskCommand>(&ask)) {
        return json{{"ask", "sign_command"}, {"command", command->command_id}}.dump();
    }
    const auto& policy = std::get<AskPolicy>(ask);
    json request{{"ask", "export_policy"}, {"agent", policy.agent_key}};
    if (!policy.nonce.empty()) {
        request["nonce"] = hex_of(policy.nonce);
    }
    return request.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Ask> read_ask(std::string_view text) {
    // The callback drops nested values; a dropped value is missing below, so the request is
    // refused.
    const json request = json::parse(text, flat, false);
    if (!request.is_object() || !request.contains("ask") || !request["ask"].is_string()) {
        return std::nullopt;
    }
    const auto& ask = request["ask"].get_ref<const std::string&>();
    const std::size_t members = request.contains("nonce") && ask == "export_policy" ? 3 : 2;
    if (request.size() != members) {
        return std::nullopt;
    }
    if (ask == "sign_pass") {
        return read_pass(request);
    }
    if (ask == "export_policy") {
        return read_policy(request);
    }
    if (ask == "key_log") {
        return read_key_log(request);
    }
    if (ask == "sign_command") {
        return read_command(request);
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
