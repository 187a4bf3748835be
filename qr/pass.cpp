#include "qr/pass.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace creneau::qr {
namespace {

constexpr std::uint8_t kVersion = 0xD1;
constexpr std::uint8_t kOncePerDoor = 0x01;
constexpr std::int64_t kLargestInstant = 0xFFFF'FFFF;

// Offsets of the fields (qr/FORMAT.md).
constexpr std::size_t kKeyIdAt = 1;
constexpr std::size_t kPassIdAt = 2;
constexpr std::size_t kPassIdSize = 7;
constexpr std::size_t kRevisionAt = 9;
constexpr std::size_t kNotBeforeAt = 10;
constexpr std::size_t kDurationAt = 14;
constexpr std::size_t kScopeAt = 16;
constexpr std::size_t kFlagsAt = 18;

void put(std::span<std::uint8_t> to, std::uint64_t value) {
    for (std::size_t i = to.size(); i-- > 0;) {
        to[i] = static_cast<std::uint8_t>(value & 0xFFU);
        value >>= 8U;
    }
}

std::uint64_t get(std::span<const std::uint8_t> from) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : from) {
        value = (value << 8U) | byte;
    }
    return value;
}

std::optional<PassError> first_error(const PassFields& fields) {
    const std::int64_t start = fields.not_before.time_since_epoch().count();
    if (fields.key_id == 0) {
        return PassError::reserved_key_id;
    }
    if (static_cast<std::uint64_t>(fields.pass_id) > kLargestPassId) {
        return PassError::pass_id_too_large;
    }
    if (start < 0 || start > kLargestInstant) {
        return PassError::not_before_out_of_range;
    }
    if (fields.duration_min == 0 || fields.duration_min > kLongestPassMinutes) {
        return PassError::duration_out_of_range;
    }
    if (fields.scope == 0) {
        return PassError::reserved_scope;
    }
    if (fields.use != Use::many && fields.use != Use::once_per_door) {
        return PassError::reserved_flags;
    }
    return std::nullopt;
}

}  // namespace

std::string_view word_for(PassError error) {
    switch (error) {
        case PassError::wrong_version:
            return "wrong_version";
        case PassError::reserved_key_id:
            return "reserved_key_id";
        case PassError::pass_id_too_large:
            return "pass_id_too_large";
        case PassError::not_before_out_of_range:
            return "not_before_out_of_range";
        case PassError::duration_out_of_range:
            return "duration_out_of_range";
        case PassError::reserved_scope:
            return "reserved_scope";
        case PassError::reserved_flags:
            return "reserved_flags";
    }
    return "unknown";
}

std::chrono::sys_seconds end_of(const PassFields& fields) {
    return fields.not_before + std::chrono::minutes{fields.duration_min};
}

tl::expected<BodyBytes, PassError> encode_body(const PassFields& fields) {
    if (const auto error = first_error(fields)) {
        return tl::make_unexpected(*error);
    }
    BodyBytes body{};
    const std::span<std::uint8_t> out{body};
    out[0] = kVersion;
    out[kKeyIdAt] = fields.key_id;
    put(out.subspan(kPassIdAt, kPassIdSize), static_cast<std::uint64_t>(fields.pass_id));
    out[kRevisionAt] = fields.revision;
    put(out.subspan(kNotBeforeAt, 4),
        static_cast<std::uint64_t>(fields.not_before.time_since_epoch().count()));
    put(out.subspan(kDurationAt, 2), fields.duration_min);
    put(out.subspan(kScopeAt, 2), fields.scope);
    out[kFlagsAt] = static_cast<std::uint8_t>(fields.use);
    return body;
}

tl::expected<PassFields, PassError> decode_body(std::span<const std::uint8_t, kBodySize> body) {
    if (body[0] != kVersion) {
        return tl::make_unexpected(PassError::wrong_version);
    }
    PassFields fields;
    fields.key_id = body[kKeyIdAt];
    fields.pass_id = PassId{get(body.subspan(kPassIdAt, kPassIdSize))};
    fields.revision = body[kRevisionAt];
    fields.not_before = std::chrono::sys_seconds{
        std::chrono::seconds{static_cast<std::int64_t>(get(body.subspan(kNotBeforeAt, 4)))}};
    fields.duration_min = static_cast<std::uint16_t>(get(body.subspan(kDurationAt, 2)));
    fields.scope = static_cast<std::uint16_t>(get(body.subspan(kScopeAt, 2)));
    if (body[kFlagsAt] <= kOncePerDoor) {
        fields.use = Use{body[kFlagsAt]};
    }
    if (const auto error = first_error(fields)) {
        return tl::make_unexpected(*error);
    }
    if (body[kFlagsAt] > kOncePerDoor) {
        return tl::make_unexpected(PassError::reserved_flags);
    }
    return fields;
}

tl::expected<PassFields, PassError> decode_pass(const PassBytes& pass) {
    return decode_body(std::span{pass}.first<kBodySize>());
}

SigningInput signing_input(TownId town, std::span<const std::uint8_t, kBodySize> body) {
    SigningInput input{};
    const std::span<std::uint8_t> out{input};
    std::copy(kPassLabel.begin(), kPassLabel.end(), out.begin());
    put(out.subspan(kPassLabel.size(), 4), static_cast<std::uint32_t>(town));
    std::copy(body.begin(), body.end(), out.subspan(kPassLabel.size() + 4).begin());
    return input;
}

PassBytes join(const BodyBytes& body, const Signature& signature) {
    PassBytes pass{};
    std::copy(body.begin(), body.end(), pass.begin());
    std::copy(signature.begin(), signature.end(), pass.begin() + kBodySize);
    return pass;
}

}  // namespace creneau::qr
