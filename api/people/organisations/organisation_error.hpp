#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::people {

/// What is wrong with one field, in both languages.
struct FieldFault {
    std::string field;
    std::string code;  ///< stable word
    std::string fr;
    std::string en;
};

enum class OrganisationRefusal : std::uint8_t {
    invalid,       ///< every fault is in `faults`
    unknown,       ///< none, or none that this actor may see
    not_allowed,   ///< seen, but not this actor's to do
    stale,         ///< changed since the version that was expected
    proof_needed,  ///< the actor has to prove first who they are
};

struct OrganisationError {
    OrganisationRefusal refusal = OrganisationRefusal::invalid;
    std::vector<FieldFault> faults = {};
};

template <class T>
using Organised = tl::expected<T, OrganisationError>;

[[nodiscard]] inline tl::unexpected<OrganisationError> refuse(OrganisationRefusal refusal) {
    return tl::unexpected(OrganisationError{refusal, {}});
}
[[nodiscard]] inline tl::unexpected<OrganisationError> refuse(std::vector<FieldFault> faults) {
    return tl::unexpected(OrganisationError{OrganisationRefusal::invalid, std::move(faults)});
}

}  // namespace creneau::people
