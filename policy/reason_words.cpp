#include "policy/decide.hpp"

#include <string_view>

namespace creneau::policy {

std::string_view word_for(Reason reason) {
    switch (reason) {
        case Reason::granted_booking:
            return "granted_booking";
        case Reason::granted_profile:
            return "granted_profile";
        case Reason::granted_free_access:
            return "granted_free_access";
        case Reason::granted_command:
            return "granted_command";
        case Reason::unknown_credential:
            return "unknown_credential";
        case Reason::revoked:
            return "revoked";
        case Reason::not_yet_valid:
            return "not_yet_valid";
        case Reason::expired:
            return "expired";
        case Reason::wrong_door:
            return "wrong_door";
        case Reason::outside_hours:
            return "outside_hours";
        case Reason::lockdown:
            return "lockdown";
        case Reason::door_disabled:
            return "door_disabled";
        case Reason::superseded_revision:
            return "superseded_revision";
        case Reason::already_used:
            return "already_used";
        case Reason::passback:
            return "passback";
        case Reason::papers_missing:
            return "papers_missing";
        case Reason::policy_expired:
            return "policy_expired";
        case Reason::clock_untrusted:
            return "clock_untrusted";
        case Reason::bad_signature:
            return "bad_signature";
        case Reason::malformed:
            return "malformed";
        case Reason::throttled:
            return "throttled";
    }
    return "unknown";
}

std::string_view word_for(Check check) {
    switch (check) {
        case Check::shape:
            return "shape";
        case Check::range:
            return "range";
        case Check::fields:
            return "fields";
        case Check::key_known:
            return "key_known";
        case Check::key_window:
            return "key_window";
        case Check::pass_in_key_window:
            return "pass_in_key_window";
        case Check::longest_pass:
            return "longest_pass";
        case Check::signature:
            return "signature";
        case Check::door_known:
            return "door_known";
        case Check::door_state:
            return "door_state";
        case Check::scope:
            return "scope";
        case Check::clock:
            return "clock";
        case Check::policy_age:
            return "policy_age";
        case Check::time:
            return "time";
        case Check::revocation:
            return "revocation";
        case Check::revision:
            return "revision";
        case Check::use:
            return "use";
        case Check::badge_known:
            return "badge_known";
        case Check::assurance:
            return "assurance";
        case Check::hours:
            return "hours";
        case Check::passback:
            return "passback";
        case Check::none:
            return "none";
    }
    return "unknown";
}

}  // namespace creneau::policy
