#include "policy/error.hpp"

#include <string>
#include <string_view>

namespace creneau::policy {
namespace {

struct Wording {
    std::string_view word;
    std::string_view sentence;
};

Wording wording(PolicyFault fault) {
    switch (fault) {
        case PolicyFault::malformed:
            return {"malformed", "not of the documented form"};
        case PolicyFault::too_large:
            return {"too_large", "longer than the form allows"};
        case PolicyFault::unsupported_form:
            return {"unsupported_form", "of a form that this program does not read"};
        case PolicyFault::out_of_range:
            return {"out_of_range", "a value that the form does not allow"};
        case PolicyFault::unknown_root:
            return {"unknown_root", "the root key is not a pinned one"};
        case PolicyFault::weak_key:
            return {"weak_key", "not a sound Ed25519 public key"};
        case PolicyFault::bad_signature:
            return {"bad_signature", "not signed by that key for this town and agent"};
        case PolicyFault::wrong_use:
            return {"wrong_use", "the certificate is for another use"};
        case PolicyFault::wrong_town:
            return {"wrong_town", "made for another town"};
        case PolicyFault::wrong_agent:
            return {"wrong_agent", "made for another door agent"};
        case PolicyFault::outside_certificate:
            return {"outside_certificate", "outside the window or generation of its key"};
        case PolicyFault::wrong_nonce:
            return {"wrong_nonce", "not the answer to the question asked"};
        case PolicyFault::page_mismatch:
            return {"page_mismatch", "not the page that the manifest names"};
        case PolicyFault::duplicate:
            return {"duplicate", "given twice"};
        case PolicyFault::unknown_door:
            return {"unknown_door", "names a door that is not in the list"};
        case PolicyFault::unknown_row:
            return {"unknown_row", "names what stands in no page"};
        case PolicyFault::older:
            return {"older", "older than the policy already held"};
        case PolicyFault::issued_in_future:
            return {"issued_in_future", "issued more than a day after trusted time"};
    }
    return {"unknown", "unknown fault"};
}

}  // namespace

std::string_view word_for(PolicyFault fault) {
    return wording(fault).word;
}

std::string describe(const PolicyError& error) {
    const Wording text = wording(error.fault);
    return error.place + ": " + std::string{text.word} + " (" + std::string{text.sentence} + ")";
}

}  // namespace creneau::policy
