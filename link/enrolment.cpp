#include "link/enrolment.hpp"

#include "link/text_forms.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sodium.h>

namespace creneau::link {
namespace {

constexpr std::string_view kOfAgent{"creneau enrolment 1: agent\0", 27};
constexpr std::string_view kOfTown{"creneau enrolment 1: town\0", 26};
constexpr std::size_t kGroup = 4;

void add(std::vector<std::uint8_t>& message, std::span<const std::uint8_t> bytes) {
    message.insert(message.end(), bytes.begin(), bytes.end());
}

void add(std::vector<std::uint8_t>& message, std::uint32_t number) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        message.push_back(static_cast<std::uint8_t>((number >> shift) & 0xFFU));
    }
}

}  // namespace

std::string text_of(const EnrolmentCode& code) {
    const auto digits = to_hex(code);
    std::string text;
    for (std::size_t at = 0; at < digits.size(); at += kGroup) {
        text.append(at == 0 ? "" : "-").append(digits, at, kGroup);
    }
    return text;
}

std::optional<EnrolmentCode> code_from(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != '-' && std::isspace(static_cast<unsigned char>(c)) == 0) {
            digits += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    EnrolmentCode code{};
    const auto bytes = from_hex(digits, code.size());
    if (!bytes) {
        return std::nullopt;
    }
    std::ranges::copy(*bytes, code.begin());
    return code;
}

Proof prove(const EnrolmentCode& code, Side side, const Enrolment& enrolment) {
    const auto label = side == Side::agent ? kOfAgent : kOfTown;
    std::vector<std::uint8_t> message(label.begin(), label.end());
    add(message, static_cast<std::uint32_t>(enrolment.town));
    add(message, static_cast<std::uint32_t>(enrolment.agent.size()));
    message.insert(message.end(), enrolment.agent.begin(), enrolment.agent.end());
    add(message, enrolment.agent_key);
    add(message, static_cast<std::uint32_t>(enrolment.roots.size()));
    for (const auto& root : enrolment.roots) {
        add(message, root);
    }
    Proof proof{};
    crypto_generichash(proof.data(), proof.size(), message.data(), message.size(), code.data(),
                       code.size());
    return proof;
}

bool same(const Proof& one, std::span<const std::uint8_t> other) {
    return other.size() == one.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace creneau::link
