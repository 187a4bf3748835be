#include "api/mail/send_outcome.hpp"

#include "api/mail/facts.hpp"
#include "api/mail/mailer.hpp"

namespace creneau::mail {

namespace {

using Kind = SendOutcome::Kind;

}  // namespace

SendOutcome outcome_of(const PassRefusal& refusal) {
    switch (refusal.fault) {
        case PassFault::unavailable:
        case PassFault::too_early:
            return {Kind::postponed, refusal.reason};
        case PassFault::opens_nothing:
            return {Kind::superseded, refusal.reason};
        case PassFault::unknown:
            return {Kind::hopeless, refusal.reason};
    }
    return {Kind::hopeless, {}};
}

SendOutcome outcome_of(const SendError& error) {
    switch (error.fault) {
        case SendFault::transient:
            return {Kind::postponed, error.reason};
        case SendFault::permanent:
            return {Kind::refused, error.reason};
        case SendFault::stopped:
            return {Kind::stopped, error.reason};
    }
    return {Kind::postponed, {}};
}

SendOutcome outcome_of(const FactsError& error) {
    return {Kind::hopeless, "facts: " + error.field + " " + error.detail};
}

}  // namespace creneau::mail
