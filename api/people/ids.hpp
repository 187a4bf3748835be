#pragma once

#include <cstdint>

namespace creneau::people {

enum class TownId : std::int64_t {};
enum class PersonId : std::int64_t {};
enum class AssociationId : std::int64_t {};

}  // namespace creneau::people
