#include "api/store/only_in.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::store {

std::string only_in(std::string_view column, const std::vector<std::int64_t>& ids) {
    std::string condition;
    for (const std::int64_t id : ids) {
        condition += condition.empty() ? std::string(" AND ").append(column).append(" IN (") : ", ";
        condition += std::to_string(id);
    }
    return condition.empty() ? condition : condition.append(1, ')');
}

}  // namespace creneau::store
