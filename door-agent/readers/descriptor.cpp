#include "door-agent/readers/descriptor.hpp"

#include <utility>

#include <unistd.h>

namespace creneau::door {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        reset();
        number_ = std::exchange(other.number_, -1);
    }
    return *this;
}

void Descriptor::reset() {
    if (number_ >= 0) {
        close(std::exchange(number_, -1));
    }
}

}  // namespace creneau::door
