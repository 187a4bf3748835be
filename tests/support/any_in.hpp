#pragma once

#include <gtest/gtest.h>  // before rapidcheck
#include <rapidcheck.h>

namespace creneau::support {

/// Any of [low, high), each as likely whatever the size of the case: rapidcheck's own inRange draws
/// from the lower end only while the size is small, also where gen::scale made it so.
template <class Number>
[[nodiscard]] rc::Gen<Number> any_in(Number low, Number high) {
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(low, high));
}

}  // namespace creneau::support
