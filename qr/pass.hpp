#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::qr {

/// Number of a town: signed with every message of that town, never carried in the pass.
enum class TownId : std::uint32_t {};

/// 56 random bits, the identity of a pass at every door.
enum class PassId : std::uint64_t {};

/// How often a pass opens one door.
enum class Use : std::uint8_t { many = 0, once_per_door = 1 };

inline constexpr std::uint64_t kLargestPassId = (std::uint64_t{1} << 56U) - 1;
inline constexpr std::uint16_t kFirstZoneScope = 0x8000;
inline constexpr std::uint16_t kLongestPassMinutes = 44'640;

inline constexpr std::size_t kPassSize = 83;
inline constexpr std::size_t kSignatureSize = 64;
inline constexpr std::size_t kBodySize = kPassSize - kSignatureSize;
inline constexpr std::string_view kPassLabel{"RDQ1\0door-credential", 20};
inline constexpr std::size_t kSigningInputSize = kPassLabel.size() + 4 + kBodySize;

using PassBytes = std::array<std::uint8_t, kPassSize>;
using BodyBytes = std::array<std::uint8_t, kBodySize>;
using Signature = std::array<std::uint8_t, kSignatureSize>;
using SigningInput = std::array<std::uint8_t, kSigningInputSize>;

/// What a pass says, without its signature. The window is [not_before, end(fields)) in UTC.
struct PassFields {
    std::uint8_t key_id = 0;    ///< 1 to 255
    PassId pass_id{};           ///< at most kLargestPassId
    std::uint8_t revision = 0;  ///< a door keeps the highest it has seen
    std::chrono::sys_seconds not_before{};
    std::uint16_t duration_min = 0;  ///< 1 to kLongestPassMinutes
    std::uint16_t scope = 0;         ///< 1 to 0x7FFF a door, from 0x8000 a zone
    Use use = Use::many;

    bool operator==(const PassFields&) const = default;
};

/// Every way in which 19 bytes or fields fall outside the format, in the order they are checked.
enum class PassError : std::uint8_t {
    wrong_version,
    reserved_key_id,
    pass_id_too_large,
    not_before_out_of_range,
    duration_out_of_range,
    reserved_scope,
    reserved_flags,
};

/// Stable word for logs and explanations, such as "reserved_flags".
[[nodiscard]] std::string_view word_for(PassError error);

/// First instant at which the window is over.
[[nodiscard]] std::chrono::sys_seconds end_of(const PassFields& fields);

/// Bytes 0 to 18 of a pass (qr/FORMAT.md); refuses every value the format reserves.
[[nodiscard]] tl::expected<BodyBytes, PassError> encode_body(const PassFields& fields);

/// Reads bytes 0 to 18 and says nothing of the signature; refuses every value the format reserves.
[[nodiscard]] tl::expected<PassFields, PassError> decode_body(
    std::span<const std::uint8_t, kBodySize> body);

/// Same, from a whole pass.
[[nodiscard]] tl::expected<PassFields, PassError> decode_pass(const PassBytes& pass);

/// What the pass key signs: label, town, bytes 0 to 18.
[[nodiscard]] SigningInput signing_input(TownId town,
                                         std::span<const std::uint8_t, kBodySize> body);

/// Body and signature, side by side.
[[nodiscard]] PassBytes join(const BodyBytes& body, const Signature& signature);

}  // namespace creneau::qr
