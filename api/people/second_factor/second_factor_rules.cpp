#include "api/people/second_factor/second_factor_rules.hpp"

#include "api/people/account_letters.hpp"

#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

namespace {

bool is_unreserved(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

/// RFC 3986, section 2.1.
std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr unsigned kNibble = 16;
    std::string encoded;
    for (const char c : text) {
        if (is_unreserved(c)) {
            encoded.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.push_back('%');
        encoded.push_back(kHex[byte / kNibble]);
        encoded.push_back(kHex[byte % kNibble]);
    }
    return encoded;
}

}  // namespace

std::string typed_totp(std::string_view typed) {
    std::string digits;
    for (const char c : typed) {
        if (c != ' ') {
            digits.push_back(c);
        }
    }
    return digits;
}

std::string recovery_letters(const RecoveryBytes& bytes) {
    return grouped_letters(bytes);
}

std::optional<std::string> typed_recovery_code(std::string_view typed) {
    return typed_grouped_letters(typed, kRecoveryLetters);
}

std::string otpauth_uri(const AppLabel& label, std::string_view base32) {
    const auto issuer = percent_encoded(label.issuer);
    std::string uri = "otpauth://totp/";
    uri.append(issuer).append("%3A").append(percent_encoded(label.account));
    uri.append("?secret=").append(base32).append("&issuer=").append(issuer);
    uri.append("&algorithm=SHA1&digits=6&period=30");
    return uri;
}

std::string_view word_of(FactorState state) {
    switch (state) {
        case FactorState::off:
            return "off";
        case FactorState::on:
            return "on";
        case FactorState::must_enrol:
            return "must_enrol";
    }
    return "";
}

}  // namespace creneau::people
