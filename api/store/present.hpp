#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace creneau::store {

/// The value of what the schema or an earlier step promises is there. Throws std::logic_error that
/// names `what` when it is not: whoever asked cannot do its job.
template <typename T>
[[nodiscard]] T present(std::optional<T>&& value, const char* what) {
    if (!value) {
        throw std::logic_error(std::string("not there: ") + what);
    }
    return *std::move(value);
}

template <typename T>
[[nodiscard]] const T& present(const std::optional<T>& value, const char* what) {
    if (!value) {
        throw std::logic_error(std::string("not there: ") + what);
    }
    return *value;
}

}  // namespace creneau::store
