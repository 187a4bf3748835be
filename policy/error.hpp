#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::policy {

/// Why a certificate or a policy is refused.
enum class PolicyFault : std::uint8_t {
    malformed,            ///< the bytes do not have the form of policy/FORMAT.md
    too_large,            ///< a size or count limit is passed
    unsupported_form,     ///< a later form number
    out_of_range,         ///< a value the form does not allow
    unknown_root,         ///< the root key is not one of the pinned ones
    weak_key,             ///< a public key of small order or off the curve
    bad_signature,        ///< the signature does not verify under its label, town and agent
    wrong_use,            ///< a certificate for another use
    wrong_town,           ///< signed for another town
    wrong_agent,          ///< signed for another door agent
    outside_certificate,  ///< issued outside the policy key's window, or of another generation
    wrong_nonce,          ///< not the answer to the question asked
    page_mismatch,        ///< a page is not the one the manifest names
    duplicate,            ///< the same scope, key or key id twice
    unknown_door,         ///< a zone names a door that is not in the list
    unknown_row,          ///< a set, a schedule or a door's hours that stand in no page
    older,                ///< (generation, version) below the one held
    issued_in_future,     ///< issued more than a day after trusted time
};

/// A fault and where it is, such as "manifest/doors/3/scope" or "page 5".
struct PolicyError {
    PolicyFault fault{};
    std::string place;

    bool operator==(const PolicyError&) const = default;
};

/// Stable word of a fault, such as "bad_signature".
[[nodiscard]] std::string_view word_for(PolicyFault fault);

/// One line for people: place and word.
[[nodiscard]] std::string describe(const PolicyError& error);

}  // namespace creneau::policy
