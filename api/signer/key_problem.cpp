#include "api/signer/key_problem.hpp"

#include <string>
#include <string_view>

namespace creneau::signer {
namespace {

struct Wording {
    std::string_view word;
    std::string_view sentence;
};

Wording wording_of(KeyFault fault) {
    switch (fault) {
        case KeyFault::unreadable:
            return {"unreadable", "cannot be read"};
        case KeyFault::readable_by_others:
            return {"readable_by_others",
                    "is readable by others; a private key must be 0600 (chmod 600), and one that "
                    "others may have read should be retired"};
        case KeyFault::not_owned:
            return {"not_owned", "belongs to another user"};
        case KeyFault::truncated:
            return {"truncated", "does not have the length of its form: cut off, or not ours"};
        case KeyFault::damaged:
            return {"damaged", "is damaged or not in its form"};
        case KeyFault::weak_key:
            return {"weak_key", "holds a public key that is not sound"};
        case KeyFault::not_a_root:
            return {"not_a_root", "is not a root's private key"};
        case KeyFault::wrong_use:
            return {"wrong_use", "is for another use than this key"};
        case KeyFault::wrong_town:
            return {"wrong_town", "is for another town"};
        case KeyFault::bad_proof:
            return {"bad_proof", "is not signed by the key it carries"};
        case KeyFault::no_pinned_root:
            return {
                "no_pinned_root",
                "cannot be checked: no root fingerprint is pinned; set signer.root_fingerprints "
                "or give --trust-roots FILE once"};
        case KeyFault::unknown_root:
            return {"unknown_root", "is signed by a root that is not pinned"};
        case KeyFault::bad_signature:
            return {"bad_signature", "does not carry a good signature of its root for this town"};
        case KeyFault::ended:
            return {"ended", "is a certificate whose window is over"};
        case KeyFault::unknown_key:
            return {"unknown_key", "names a key that is not here"};
        case KeyFault::other_key:
            return {"other_key", "is for another public key than the one here"};
        case KeyFault::already_certified:
            return {"already_certified", "would replace the certificate the key has"};
        case KeyFault::already_retired:
            return {"already_retired", "names a key that is retired already"};
        case KeyFault::exists:
            return {"exists", "exists and is not overwritten"};
        case KeyFault::no_free_id:
            return {"no_free_id", "holds 255 living keys; retire some"};
        case KeyFault::out_of_range:
            return {"out_of_range", "is out of range"};
        case KeyFault::not_confirmed:
            return {"not_confirmed", "was not confirmed; nothing was signed"};
        case KeyFault::different_roots:
            return {"different_roots", "differs from the roots that are pinned already"};
        case KeyFault::needs_confirmation:
            return {"needs_confirmation",
                    "has to be wanted by two people: one asks for it in the town's web site "
                    "(POST /api/v1/confirmations), another confirms, then --confirmed NUMBER"};
    }
    return {"damaged", "is damaged"};
}

}  // namespace

std::string_view word_of(KeyFault fault) {
    return wording_of(fault).word;
}

std::string describe(const KeyProblem& problem) {
    const auto wording = wording_of(problem.fault);
    auto line = problem.place + ": " + std::string(wording.sentence);
    if (!problem.detail.empty()) {
        line += " (" + problem.detail + ")";
    }
    return line + " [" + std::string(wording.word) + "]";
}

}  // namespace creneau::signer
