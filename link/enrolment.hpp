#pragma once

#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::link {

/// The secret of an installer's sheet: 128 bits. It is never sent.
using EnrolmentCode = std::array<std::uint8_t, 16>;

/// Eight groups of four hexadecimal digits, with hyphens.
[[nodiscard]] std::string text_of(const EnrolmentCode& code);
/// The inverse; hyphens and blanks may be missing, capitals are small ones.
[[nodiscard]] std::optional<EnrolmentCode> code_from(std::string_view text);

/// What agent and town both have to mean.
struct Enrolment {
    qr::TownId town{};
    std::string agent;
    qr::PublicKeyBytes agent_key{};
    std::vector<policy::Fingerprint> roots;  ///< pinned by the agent, in its order
};

/// Who proves to the other that they know the code.
enum class Side : std::uint8_t { agent, town };

using Proof = std::array<std::uint8_t, 32>;

/// A keyed BLAKE2b-256 of side and enrolment under the code: who stands between them can neither
/// put another key in the place of the agent's nor answer for the town.
[[nodiscard]] Proof prove(const EnrolmentCode& code, Side side, const Enrolment& enrolment);

/// In constant time.
[[nodiscard]] bool same(const Proof& one, std::span<const std::uint8_t> other);

}  // namespace creneau::link
