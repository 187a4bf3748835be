#pragma once

#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"

#include <string_view>
#include <vector>

namespace creneau::people {

// What may be written of associations, people and staff. Lengths and control characters are the
// caller's to check.

/// One "@" with something before it and a domain with a dot behind it, nothing else.
[[nodiscard]] bool is_address(std::string_view email);

/// What the town's file may call a group: letters, digits and hyphens.
[[nodiscard]] bool is_key(std::string_view text);

[[nodiscard]] std::vector<FieldFault> faults_in(const AssociationRecord& record);
[[nodiscard]] std::vector<FieldFault> faults_in(const PersonRecord& record);
[[nodiscard]] std::vector<FieldFault> faults_in(const Member& member);
/// Dates are 'YYYY-MM-DD' already.
[[nodiscard]] std::vector<FieldFault> faults_in(const StaffRecord& record);
[[nodiscard]] std::vector<FieldFault> faults_in(const Duty& duty);

/// The record as an edit leaves it.
[[nodiscard]] AssociationRecord edited(AssociationRecord record, const AssociationEdit& edit);
[[nodiscard]] PersonRecord edited(PersonRecord record, const PersonEdit& edit);

/// An administrator always stays.
[[nodiscard]] FieldFault last_administrator();

}  // namespace creneau::people
