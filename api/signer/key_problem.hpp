#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::signer {

/// Why a key, request or certificate is refused.
enum class KeyFault : std::uint8_t {
    unreadable,          ///< the file cannot be opened or read
    readable_by_others,  ///< a private key's file must be 0600 or tighter
    not_owned,           ///< a private key's file belongs to another user
    truncated,           ///< shorter or longer than its form
    damaged,             ///< not in its form, or its parts contradict each other
    weak_key,            ///< a public key of small order or off the curve
    not_a_root,          ///< another private key where a root's is needed
    wrong_use,           ///< for another use than the key's
    wrong_town,          ///< for another town
    bad_proof,           ///< the request is not signed by the key it carries
    no_pinned_root,      ///< no root fingerprint is known yet
    unknown_root,        ///< signed by a root that is not pinned
    bad_signature,       ///< the root's signature does not verify
    ended,               ///< the certificate's window is over
    unknown_key,         ///< no such key here
    other_key,           ///< the certificate is for another public key than the one here
    already_certified,   ///< the key has another certificate already
    already_retired,     ///< nothing left to retire
    exists,              ///< the file exists and is not overwritten
    no_free_id,          ///< all 255 key ids are in use
    out_of_range,        ///< a figure that the form does not allow
    not_confirmed,       ///< nobody said yes
    different_roots,     ///< other roots are pinned already
    needs_confirmation,  ///< two people have to want it, and do not
};

/// A fault and where it is: a file, or an option of the command line.
struct KeyProblem {
    KeyFault fault{};
    std::string place;
    std::string detail;  ///< may be empty

    bool operator==(const KeyProblem&) const = default;
};

/// Stable word, such as "readable_by_others".
std::string_view word_of(KeyFault fault);

/// One line for people: place, what is wrong, what would be right.
std::string describe(const KeyProblem& problem);

}  // namespace creneau::signer
