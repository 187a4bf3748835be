#include "tests/support/breached_list.hpp"

#include <stdexcept>

namespace creneau::support {

const people::BreachedPasswords& breached_list() {
    static const auto kList = people::BreachedPasswords::open(CRENEAU_BREACHED_PASSWORDS);
    if (!kList) {
        throw std::runtime_error(kList.error());
    }
    return *kList;
}

}  // namespace creneau::support
